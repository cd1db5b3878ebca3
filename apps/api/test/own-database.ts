import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { z } from 'zod';

/** What a row of the store says of a renewal, without the tokens. */
const KeptRow = z.object({
  sent: z.boolean(),
  has_tokens: z.boolean(),
  failure_reason: z.string().nullable(),
});
export type KeptRow = z.infer<typeof KeptRow>;

/** A database of its own on the server of the tests, with hands on what the relay keeps in it. */
export interface OwnDatabase {
  readonly url: string;
  /** Whoever is about to write a token set down waits from now on, until the function that this gives is called. */
  holdWrites(): Promise<() => Promise<void>>;
  /** How many processes wait there. */
  readonly waitingWrites: () => Promise<number>;
  kept(userId: string): Promise<KeptRow | undefined>;
  /** True while somebody's lease of one of the user's identities is in force. */
  isLeased(userId: string): Promise<boolean>;
  /** Moves the moment at which a request was sent into the past: what waiting would bring. */
  ageSent(userId: string, seconds: number): Promise<void>;
  /** Removes it, whoever has it open. */
  drop(): Promise<void>;
}

/** Makes a database. @param serverUrl a server on which databases can be made */
export async function createOwnDatabase(serverUrl: string): Promise<OwnDatabase> {
  const name = `idp_relay_test_${randomBytes(6).toString('hex')}`;
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = new Client({ connectionString: url.href });
  const holder = new Client({ connectionString: url.href });
  await Promise.all([database.connect(), holder.connect()]);
  const rows = async (statement: string, values: readonly unknown[] = []): Promise<unknown[]> =>
    (await database.query<Record<string, unknown>>(statement, [...values])).rows;
  return {
    url: url.href,
    holdWrites: async () => {
      await holder.query('begin');
      // Reading goes on.
      await holder.query('lock table kept_identities in share row exclusive mode');
      return async () => {
        await holder.query('commit');
      };
    },
    waitingWrites: async () =>
      (
        await rows(
          `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'
             and query like 'insert into "kept_identities"%'`,
          [name],
        )
      ).length,
    kept: async (userId) => {
      const [row] = await rows(
        `select sent_at is not null as sent, sealed is not null as has_tokens, failure_reason
           from kept_identities where user_id = $1`,
        [userId],
      );
      return row === undefined ? undefined : KeptRow.parse(row);
    },
    isLeased: async (userId) =>
      (
        await rows('select 1 from renewal_leases where user_id = $1 and ends_at > clock_timestamp()', [
          userId,
        ])
      ).length > 0,
    ageSent: async (userId, seconds) => {
      await rows(`update kept_identities set sent_at = sent_at - $2 * interval '1 s' where user_id = $1`, [
        userId,
        seconds,
      ]);
    },
    drop: async () => {
      await Promise.all([database.end(), holder.end()]);
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
