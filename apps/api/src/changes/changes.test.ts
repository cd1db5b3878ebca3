import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestRelay, tokenWithoutSignIn, userIdOf, type TestRelay } from '../../test/test-relay.ts';
import { openStorage, type OpenStorage } from '../storage/open-storage.ts';

/** Long enough that nothing in these tests comes from the end of a cache's lifetime. */
const profileLifetimeMs = 3_600_000;

const Report = z.object({
  identities: z.array(
    z.object({ connection: z.string(), verdict: z.object({ state: z.string(), source: z.string() }) }),
  ),
});

let storage: OpenStorage;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'changes-'));
  storage = await openStorage({ folder });
}, 60_000);
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

/** Two relays that share a tenant and a database, as two processes do. */
async function startTwo(): Promise<readonly [TestRelay, TestRelay]> {
  const one = await startTestRelay({ profileLifetimeMs }, undefined, { storage });
  return [
    one,
    await startTestRelay({ profileLifetimeMs }, undefined, { tenant: one.tenant, storage }),
  ] as const;
}
const pathOf = (handle: string, rest = ''): string =>
  `/v1/users/${encodeURIComponent(userIdOf(handle))}/identities${rest}`;
const stateAt = async (relay: TestRelay, handle: string, connection: string): Promise<unknown> => {
  const response = await relay.call(pathOf(handle), await relay.userToken('operator'));
  const { identities } = Report.parse(await response.json());
  return identities.find((identity) => identity.connection === connection)?.verdict;
};
const revokeAtSampleIdp = (relay: TestRelay, handle: string, connection: string): void => {
  const { users, sampleIdps } = relay.tenant.database.state;
  const used = users
    .find(({ user_id: id }) => id === userIdOf(handle))
    ?.identities.find((identity) => identity.connection === connection)?.access_token;
  for (const token of sampleIdps.tokens) if (token.accessToken === used) token.revoked = true;
};

describe('what one process does, the others know of', () => {
  it('a revocation', async () => {
    const [one, other] = await startTwo();
    const ada = await tokenWithoutSignIn(one, userIdOf('ada'));
    expect((await other.call('/v1/me/idp/github/user', ada)).status).toBe(200);
    const operator = await one.userToken('operator');
    expect((await one.call(pathOf('ada', '/github/revoke'), operator, { method: 'POST' })).status).toBe(200);
    await expect.poll(async () => (await other.call('/v1/me/idp/github/user', ada)).status).toBe(424);
  });

  it('an IdP’s refusal: no second process sends the dead token', async () => {
    const [one, other] = await startTwo();
    const ada = await tokenWithoutSignIn(one, userIdOf('ada'));
    expect((await other.call('/v1/me/idp/github/user', ada)).status).toBe(200);
    revokeAtSampleIdp(one, 'ada', 'github');
    expect((await one.call('/v1/me/idp/github/user', ada)).status).toBe(424);
    await expect
      .poll(() => stateAt(other, 'ada', 'github'))
      .toEqual({ state: 'revoked', source: 'idp_answer' });
    const before = one.tenant.faults.count('idps');
    expect((await other.call('/v1/me/idp/github/user', ada)).status).toBe(424);
    expect(one.tenant.faults.count('idps')).toBe(before);
  });

  it('a check', async () => {
    const [one, other] = await startTwo();
    expect(await stateAt(other, 'ada', 'github')).toEqual({ state: 'usable', source: 'auth0_profile' });
    const operator = await one.userToken('operator');
    expect((await one.call(pathOf('ada', '/github/check'), operator, { method: 'POST' })).status).toBe(200);
    await expect.poll(() => stateAt(other, 'ada', 'github')).toEqual({ state: 'usable', source: 'probe' });
  });
});

it('what a check found outlives the process', async () => {
  const one = await startTestRelay({}, undefined, { storage });
  const operator = await one.userToken('operator');
  await one.call(pathOf('ada', '/github/check'), operator, { method: 'POST' });
  const after = await startTestRelay({}, undefined, { tenant: one.tenant, storage });
  expect(await stateAt(after, 'ada', 'github')).toEqual({ state: 'usable', source: 'probe' });
});
