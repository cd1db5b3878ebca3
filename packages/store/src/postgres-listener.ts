import { Client, type ClientConfig } from 'pg';
import { wakeUpChannel, type StartListening } from './wake-ups.ts';

/** How the connection that listens is watched. Milliseconds. */
export interface ListenerOptions {
  /** How often the server is asked whether it is there. */
  readonly heartbeatMs: number;
  /** How long an answer may take. */
  readonly answerMs: number;
}

/**
 * Listens over a connection of its own. Notices may not come for days, so the server is asked for a sign of life: a connection that
 * gives none is lost, though nothing has closed it.
 */
export function listenWith(config: ClientConfig, { heartbeatMs, answerMs }: ListenerOptions): StartListening {
  return async (onNotice, onLost) => {
    const client = new Client({ ...config, query_timeout: answerMs });
    client.on('error', onLost);
    client.on('end', onLost);
    client.on('notification', (notice) => onNotice(notice.payload ?? ''));
    const leave = (): Promise<void> => client.end().catch(() => undefined);
    try {
      await client.connect();
      await client.query(`listen ${wakeUpChannel}`);
    } catch (error) {
      await leave();
      throw error;
    }
    const heartbeat = setInterval(() => {
      client.query('select 1').catch(() => {
        clearInterval(heartbeat);
        onLost();
        // Waits for a server that may never answer.
        void leave();
      });
    }, heartbeatMs);
    heartbeat.unref();
    client.once('end', () => clearInterval(heartbeat));
    return async () => {
      clearInterval(heartbeat);
      await leave();
    };
  };
}
