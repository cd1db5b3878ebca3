import { sql, type Kysely } from 'kysely';
import { topicOf } from './identity-columns.ts';
import type { IdentityColumns, Schema } from './schema.ts';
import { noticePayload, wakeUpChannel } from './wake-ups.ts';

/** Wakes those that wait for an identity's lease, in all processes, once the transaction is committed. */
export async function notifyLeaseEnded(database: Kysely<Schema>, identity: IdentityColumns): Promise<void> {
  await sql`select pg_notify(${wakeUpChannel}, ${noticePayload(topicOf(identity))})`.execute(database);
}
