import { setTimeout } from 'node:timers/promises';

/** The channel of LISTEN and NOTIFY that all wake-ups of the store go through. */
export const wakeUpChannel = 'idp_relay_wake_ups';

/** A lost connection is made again after this long, and as often as it takes. Milliseconds. */
const reconnectPauseMs = 1_000;

/** Hears what other processes notify. A hint: a wake-up can be lost, and then the caller's own timer must do. */
export interface WakeUps {
  /** Calls `wake` at each notice of the topic, and when the connection is lost, until the returned function is called. */
  listen(topic: string, wake: () => void): Promise<() => void>;
  /**
   * Calls `hear` with the text of each notice of the topic, over as many connections as it takes, until the returned function
   * is called. Called with nothing: notices may have been missed, since the connection was lost and is there again.
   */
  follow(topic: string, hear: (text: string | undefined) => void): Promise<() => void>;
  close(): Promise<void>;
}

/** Starts to listen on {@link wakeUpChannel}; gives the function that stops it. */
export type StartListening = (
  onNotice: (payload: string) => void,
  onLost: () => void,
) => Promise<() => Promise<void>>;

/** What a notice says: its topic, which has no space, and a text, which may be empty. The text may not be longer than 7,000 bytes. */
export function noticePayload(topic: string, text = ''): string {
  return text === '' ? topic : `${topic} ${text}`;
}

/** Wake-ups over one connection, made when it is first needed, and again after it was lost. */
export function createWakeUps(startListening: StartListening): WakeUps {
  /** Called with the notice's text, or with nothing when the connection is lost. */
  const waiting = new Map<string, Set<(text: string | undefined) => void>>();
  const closing = new AbortController();
  let connection: Promise<() => Promise<void>> | undefined;

  const hearPayload = (payload: string): void => {
    const [topic = '', ...words] = payload.split(' ');
    waiting.get(topic)?.forEach((wake) => wake(words.join(' ')));
  };
  const connect = (): Promise<() => Promise<void>> => {
    const lost = () => {
      if (connection !== started) return;
      connection = undefined;
      for (const wakes of waiting.values()) wakes.forEach((wake) => wake(undefined));
    };
    const started = startListening(hearPayload, lost);
    started.catch(lost);
    return started;
  };
  /** False: there is no connection. */
  const connected = async (): Promise<boolean> => {
    if (closing.signal.aborted) return false;
    connection ??= connect();
    return connection.then(
      () => true,
      () => false,
    );
  };
  const add = (topic: string, wake: (text: string | undefined) => void): (() => void) => {
    const wakes = waiting.get(topic) ?? new Set();
    waiting.set(topic, wakes.add(wake));
    return () => {
      wakes.delete(wake);
      if (wakes.size === 0 && waiting.get(topic) === wakes) waiting.delete(topic);
    };
  };

  return {
    listen: async (topic, wake) => {
      const stop = add(topic, () => wake());
      // Without a connection the caller's timer must do, as with any lost wake-up.
      await connected();
      return stop;
    },
    follow: async (topic, hear) => {
      const stopped = new AbortController();
      const ended = AbortSignal.any([closing.signal, stopped.signal]);
      let isReconnecting = false;
      const reconnect = async (): Promise<void> => {
        if (isReconnecting) return;
        isReconnecting = true;
        do {
          await setTimeout(reconnectPauseMs, undefined, { signal: ended, ref: false }).catch(() => undefined);
        } while (!ended.aborted && !(await connected()));
        isReconnecting = false;
        if (!ended.aborted) hear(undefined);
      };
      const stop = add(topic, (text) => {
        if (text === undefined) void reconnect();
        else hear(text);
      });
      await connected();
      return () => {
        stop();
        stopped.abort();
      };
    },
    close: async () => {
      closing.abort();
      const stop = await connection?.catch(() => undefined);
      await stop?.();
    },
  };
}
