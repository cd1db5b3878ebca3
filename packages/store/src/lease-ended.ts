import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { IdentityKey } from '@idp-relay/idp-tokens';
import type { Database } from './database.ts';
import { toColumns, topicOf } from './identity-columns.ts';
import { remainingMs } from './renewal-leases.ts';
import type { IdentityColumns } from './schema.ts';

/** A wake-up can be lost (a connection that broke, a pooler that swallows NOTIFY), so one looks now and then. Milliseconds. */
const lookAgainMs = 1_000;

/** Resolves when no lease of the identity is in force, or the signal aborts. */
export async function leaseEnded(database: Database, key: IdentityKey, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const done = new AbortController();
  const aborted = once(signal, 'abort', { signal: done.signal });
  // Left behind when the lease ends first.
  aborted.catch(() => undefined);
  try {
    await Promise.race([
      aborted,
      waitForEnd(database, toColumns(key), AbortSignal.any([signal, done.signal])),
    ]);
  } finally {
    done.abort();
  }
}

async function waitForEnd(database: Database, identity: IdentityColumns, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const woken = new AbortController();
    // Listening comes before looking: what ends in between is heard.
    const stop = await database.wakeUps.listen(topicOf(identity), () => woken.abort());
    try {
      const remaining = await remainingMs(database.kysely, identity);
      if (remaining === 0) return;
      await pause(Math.min(remaining, lookAgainMs), AbortSignal.any([signal, woken.signal]));
    } finally {
      stop();
    }
  }
}

/** Waits so long, or until the signal aborts. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
