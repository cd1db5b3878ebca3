import { expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { Observations, type Observation } from './observations.ts';
import { Secret } from './secret.ts';
import type { StoredIdentity } from './user-profile.ts';

const identityOf = (idpUserId: string): StoredIdentity => ({
  connection: 'github',
  provider: 'github',
  idpUserId,
  isSocial: true,
  primary: true,
  accessToken: new Secret(`gho_of_${idpUserId}`),
});

const refused: Observation = { outcome: 'refused', idpStatus: 401, observedAt: 0, source: 'idp_answer' };

it('what calls are judged by stays in memory, and what nobody asks for goes first', async () => {
  const observations = new Observations({
    tenant: 'tenant',
    clock: systemClock,
    lifetimeMs: 60_000,
    maxEntries: 2,
  });
  const [called, idle, other] = [identityOf('1'), identityOf('2'), identityOf('3')];
  await observations.record('called', called, refused);
  await observations.record('idle', idle, refused);
  await observations.load('called', called, 0);
  await observations.record('other', other, refused);
  expect(observations.find('called', called)).toEqual(refused);
  expect(observations.find('idle', idle)).toBeUndefined();
});
