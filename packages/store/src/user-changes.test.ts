import type { UserChange } from '@idp-relay/idp-tokens';
import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createUserChanges } from './user-changes.ts';
import { wakeUpChannel } from './wake-ups.ts';

const tenant = 'example.us.auth0.com';
const change: UserChange = { userId: 'google-oauth2|1 ü', what: 'profile', changedAt: 1_790_000_000_123 };

onEveryDatabase(({ kind, database, anotherDatabase }) => {
  it('tells the other processes of the same tenant', async () => {
    const [ours, theirs] = [
      createUserChanges(database(), tenant),
      createUserChanges(await anotherDatabase(), tenant),
    ];
    const others = createUserChanges(await anotherDatabase(), 'other.us.auth0.com');
    const heard: Record<string, (UserChange | undefined)[]> = { ours: [], theirs: [], others: [] };
    const stops = [
      await ours.follow((notice) => heard.ours?.push(notice)),
      await theirs.follow((notice) => heard.theirs?.push(notice)),
      await others.follow((notice) => heard.others?.push(notice)),
    ];
    await ours.announce([change]);
    await vi.waitFor(() => expect(heard.theirs).toEqual([change]));
    await theirs.announce([{ ...change, what: 'verdicts' }]);
    await vi.waitFor(() => expect(heard.ours).toEqual([{ ...change, what: 'verdicts' }]));
    expect(heard.others).toEqual([]);
    for (const stop of stops) stop();
    await ours.announce([change]);
    expect(heard.theirs).toHaveLength(1);
  });

  it('does not stumble over notices that it does not know', async () => {
    const [ours, theirs] = [
      createUserChanges(database(), tenant),
      createUserChanges(await anotherDatabase(), tenant),
    ];
    const payloads: (UserChange | undefined)[] = [];
    const stop = await theirs.follow((notice) => payloads.push(notice));
    for (const text of ['', ' ', 'x y', '{']) {
      await sql`select pg_notify(${wakeUpChannel}, ${text})`.execute(database().kysely);
    }
    await ours.announce([change]);
    await vi.waitFor(() => expect(payloads).toEqual([change]));
    stop();
  });

  it.runIf(kind.shared)('says that notices may have been missed when the connection comes back', async () => {
    const there = await anotherDatabase();
    const theirs = createUserChanges(there, tenant);
    const heard: (UserChange | undefined)[] = [];
    await theirs.follow((notice) => heard.push(notice));
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen %' and pid <> pg_backend_pid()`.execute(
      database().kysely,
    );
    await vi.waitFor(() => expect(heard).toEqual([undefined]), { timeout: 10_000 });
    await createUserChanges(database(), tenant).announce([change]);
    await vi.waitFor(() => expect(heard).toEqual([undefined, change]), { timeout: 10_000 });
  });
});
