/** The channel of LISTEN and NOTIFY that all wake-ups of the store go through. */
export const wakeUpChannel = 'idp_relay_wake_ups';

/** Hears what other processes notify. A hint: a wake-up can be lost, and then the caller's own timer must do. */
export interface WakeUps {
  /** Calls `wake` at each notice of the topic, and when the connection is lost, until the returned function is called. */
  listen(topic: string, wake: () => void): Promise<() => void>;
  close(): Promise<void>;
}

/** Starts to listen on {@link wakeUpChannel}; gives the function that stops it. */
export type StartListening = (
  onNotice: (topic: string) => void,
  onLost: () => void,
) => Promise<() => Promise<void>>;

/** Wake-ups over one connection, made when it is first needed, and again after it was lost. */
export function createWakeUps(startListening: StartListening): WakeUps {
  const waiting = new Map<string, Set<() => void>>();
  let connection: Promise<() => Promise<void>> | undefined;
  let closed = false;

  const wakeTopic = (topic: string) => waiting.get(topic)?.forEach((wake) => wake());
  const connect = (): Promise<() => Promise<void>> => {
    const lost = () => {
      if (connection !== started) return;
      connection = undefined;
      for (const topic of waiting.keys()) wakeTopic(topic);
    };
    const started = startListening(wakeTopic, lost);
    started.catch(lost);
    return started;
  };

  return {
    listen: async (topic, wake) => {
      const wakes = waiting.get(topic) ?? new Set();
      waiting.set(topic, wakes.add(wake));
      if (!closed) connection ??= connect();
      // Without a connection the caller's timer must do, as with any lost wake-up.
      await connection?.catch(() => undefined);
      return () => {
        wakes.delete(wake);
        if (wakes.size === 0 && waiting.get(topic) === wakes) waiting.delete(topic);
      };
    },
    close: async () => {
      closed = true;
      const stop = await connection?.catch(() => undefined);
      await stop?.();
    },
  };
}
