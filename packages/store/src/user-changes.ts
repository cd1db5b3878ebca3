import { createHash, randomUUID } from 'node:crypto';
import type { UserChanges } from '@idp-relay/idp-tokens';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { noticePayload, wakeUpChannel } from './wake-ups.ts';

/** A change as a notice spells it. Other versions of the program may send more. */
const Notice = z.object({
  from: z.string(),
  user_id: z.string(),
  what: z.enum(['profile', 'verdicts']),
  changed_at: z.number(),
});

/** Tells the processes on one database of changes, by NOTIFY. What this very process announces it does not hear. */
export function createUserChanges(database: Database, tenant: string): UserChanges {
  const from = randomUUID();
  const topic = topicOfChanges(tenant);
  return {
    announce: async (changes) => {
      const payloads = changes.map(({ userId, what, changedAt }) => {
        const notice: z.infer<typeof Notice> = { from, user_id: userId, what, changed_at: changedAt };
        return noticePayload(topic, JSON.stringify(notice));
      });
      // One statement for all: a delivery of log events may speak of thousands of users.
      await sql`select pg_notify(${wakeUpChannel}, payload) from unnest(${payloads}::text[]) as payload`.execute(
        database.kysely,
      );
    },
    follow: (hear) =>
      database.wakeUps.follow(topic, (text) => {
        if (text === undefined) {
          hear(undefined);
          return;
        }
        const notice = parseNotice(text);
        if (notice === undefined || notice.from === from) return;
        hear({ userId: notice.user_id, what: notice.what, changedAt: notice.changed_at });
      }),
  };
}

/** As {@link topicOf} of identities: of one length, and without the tenant's name. */
function topicOfChanges(tenant: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['user changes', tenant]))
    .digest('base64url');
}

/** Undefined: not one of ours, or of a version that says it otherwise. */
function parseNotice(text: string): z.infer<typeof Notice> | undefined {
  try {
    return Notice.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
