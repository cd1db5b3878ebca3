import type { Secret } from '@idp-relay/idp-tokens';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolConfig } from 'pg';
import { InvalidDatabaseUrlError } from './errors.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { safeDialect } from './safe-dialect.ts';
import type { Schema } from './schema.ts';
import { listenWith } from './postgres-listener.ts';
import { createWakeUps } from './wake-ups.ts';
import { watchedSocket } from './watched-socket.ts';

const connectTimeoutMs = 5_000;
/** Far above what any statement of ours takes; it ends those that wait for a row behind a stuck process. Milliseconds. */
const defaultStatementTimeoutMs = 10_000;

/** How a Postgres server is used. */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`, with `sslmode` and alike as `pg` knows them. */
  readonly databaseUrl: Secret;
  /** How many connections this process may hold, besides one that listens; 10 when absent. */
  readonly maxConnections?: number;
  /** Longest time for one statement, in milliseconds, 10 s when absent; a server that is not heard of for longer is given up. */
  readonly statementTimeoutMs?: number;
}

/**
 * Opens a database on a Postgres server, which any number of processes may share.
 * @throws InvalidDatabaseUrlError, DatabaseUnavailableError, MigrationFailedError
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const url = options.databaseUrl.reveal();
  if (!isPostgresUrl(url)) throw new InvalidDatabaseUrlError();
  const { statementTimeoutMs = defaultStatementTimeoutMs } = options;
  const connection: PoolConfig = {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: statementTimeoutMs,
    application_name: 'idp-relay',
  };

  // Waiting for another process's migration may take longer than a statement may.
  const migrating = connect({ ...connection, max: 1 });
  await migrate(migrating).finally(() => migrating.destroy());

  // From this side it takes a little longer, so that a server which is there says so itself.
  const silenceMs = statementTimeoutMs + 1_000;
  const kysely = connect({
    ...connection,
    // A statement that was given up leaves its connection waiting for an answer: nothing more is said on it, and it goes.
    stream: () => watchedSocket(silenceMs),
    max: options.maxConnections ?? 10,
    statement_timeout: statementTimeoutMs,
    query_timeout: silenceMs,
    // A process that is stopped in the middle of a transaction must not hold a row for longer than that, either.
    idle_in_transaction_session_timeout: statementTimeoutMs,
  });
  const wakeUps = createWakeUps(
    listenWith(connection, { heartbeatMs: statementTimeoutMs, answerMs: connectTimeoutMs }),
  );
  return {
    kysely,
    wakeUps,
    close: async () => {
      await wakeUps.close();
      await kysely.destroy();
    },
  };
}

function connect(config: PoolConfig): Kysely<Schema> {
  const pool = new Pool(config);
  // A connection that breaks is replaced by the pool, and a statement under way on it is rejected. The events besides
  // would end the process if nobody heard them: the pool's speaks of idle connections, the client's of those in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: safeDialect(new PostgresDialect({ pool })) });
}

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol);
}
