import { Secret } from '@idp-relay/idp-tokens';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { server } from '../test/databases.ts';
import { startFreezingGate } from '../test/freezing-gate.ts';
import { openDatabase } from './open-database.ts';
import { createUserChanges } from './user-changes.ts';

it.skipIf(server === undefined)(
  'a server that falls silent on its connections is found again on new ones, by statements and by who listens',
  { timeout: 60_000 },
  async () => {
    const place = await server?.make();
    if (place === undefined || !('databaseUrl' in place.options)) throw new Error('no server');
    const url = new URL(place.options.databaseUrl.reveal());
    const gate = await startFreezingGate({ host: url.hostname, port: Number(url.port) || 5432 });
    const direct = await openDatabase(place.options);
    url.hostname = '127.0.0.1';
    url.port = String(gate.port);
    const database = await openDatabase({
      databaseUrl: new Secret(url.href),
      maxConnections: 2,
      statementTimeoutMs: 500,
    });
    onTestFinished(async () => {
      await Promise.all([database.close(), direct.close()]);
      await gate.close();
      await place.remove();
    });
    const ask = (): Promise<unknown> => sql`select 1`.execute(database.kysely);
    const heard: unknown[] = [];
    await createUserChanges(database, 'tenant').follow((change) => heard.push(change));
    await Promise.all([ask(), ask()]);

    gate.freeze();
    await expect(Promise.all([ask(), ask()])).rejects.toThrow();
    await expect
      .poll(
        () =>
          ask().then(
            () => 'answers',
            () => 'silent',
          ),
        { timeout: 20_000 },
      )
      .toBe('answers');
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([undefined]);
    const change = { userId: 'github|1', what: 'profile', changedAt: 1 } as const;
    await createUserChanges(direct, 'tenant').announce([change]);
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([undefined, change]);
  },
);
