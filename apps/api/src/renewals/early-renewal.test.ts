import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalogue } from '@idp-relay/idp-catalogue';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { signUpAt } from '../../test/sign-up-at.ts';
import { configurationText, signTokenFor, startTestRelay, type TestRelay } from '../../test/test-relay.ts';
import { openStorage, type OpenStorage } from '../storage/open-storage.ts';

/** Exact takes a renewal so long after the last one, not sooner; its tokens live 600 s. */
const earliestMs = 570_000;
const lifetimeMs = 600_000;
const me = '/v1/me/idp/exact/v1/current/Me';

const Problem = z.object({ code: z.string(), verdict: z.looseObject({}) });
const Report = z.object({
  identities: z.tuple([
    z.object({
      verdict: z.looseObject({
        state: z.string(),
        advice: z.string(),
        evidence: z.looseObject({ next_renewal_at: z.string().optional() }),
      }),
    }),
  ]),
});

let opened: OpenStorage;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'early-renewal-'));
  opened = await openStorage({ folder });
}, 60_000);
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});
// The tenant, its IdPs and the relay read one clock here, and the test moves it.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A relay and a user of Exact who signed in a moment ago. */
async function startWithUser(handle: string) {
  const relay = await startTestRelay({}, undefined, { storage: opened });
  const userId = await signUpAt(relay.tenant, 'exact', handle);
  const signedInAt = Date.now();
  const call = async (): Promise<Response> => relay.call(me, await signTokenFor(relay.tenant, userId));
  const verdict = async () => {
    const response = await relay.call('/v1/me/identities', await signTokenFor(relay.tenant, userId));
    const [{ verdict: found }] = Report.parse(await response.json()).identities;
    return found;
  };
  const tokens = () =>
    relay.tenant.database.state.sampleIdps.tokens.filter(({ accountId }) => userId.endsWith(accountId));
  return { relay, call, verdict, tokens, at: (age: number) => vi.setSystemTime(signedInAt + age) };
}
const requestsFor = ({ tenant }: TestRelay): number =>
  tenant.faults.count('idps', { method: 'POST', pathPrefix: '/exact/api/oauth2/token' });

it('the tests’ connection is as the catalogue has it', () => {
  const entry = createCatalogue().find({ strategy: 'exact', connection: 'exact' });
  expect(entry?.refresh?.earliestAfterSeconds).toBe(earliestMs / 1000);
  expect(entry?.accessToken.lifetimeSeconds).toBe(lifetimeMs / 1000);
  expect(configurationText).toContain('earliestAfterSeconds: 570');
});

it('is not asked for before the IdP takes one, and is when it does, time after time', async () => {
  const { relay, call, at, tokens } = await startWithUser('early');
  // The sign-in itself came here too.
  relay.tenant.faults.resetCounts();
  for (let renewals = 0, begin = 0; renewals < 3; renewals += 1, begin += earliestMs) {
    for (const age of [0, 300_001, 545_000, 569_999]) {
      at(begin + age);
      expect((await call()).status).toBe(200);
      expect(requestsFor(relay)).toBe(renewals);
    }
    at(begin + earliestMs);
    expect((await call()).status).toBe(200);
    expect(requestsFor(relay)).toBe(renewals + 1);
  }
  expect(tokens().map(({ revoked, refreshTokenUsed }) => [revoked, refreshTokenUsed])).toEqual([
    [false, true],
    [false, true],
    [false, true],
    [false, false],
  ]);
});

it('a token that the IdP refuses early is not renewed until it may be', async () => {
  const { relay, call, at, tokens } = await startWithUser('dead');
  relay.tenant.faults.resetCounts();
  for (const token of tokens()) token.expiresAt = Date.now() - 1;
  for (const age of [1_000, 300_001, 569_999]) {
    at(age);
    const response = await call();
    expect(response.status).toBe(424);
    expect(Problem.parse(await response.json())).toMatchObject({ code: 'idp_token_revoked' });
  }
  expect(requestsFor(relay)).toBe(0);
  at(earliestMs);
  expect((await call()).status).toBe(200);
  expect(requestsFor(relay)).toBe(1);
});

it('an IdP whose clock is behind refuses: the token serves on, and the verdict says when it is tried again', async () => {
  const { relay, call, at, tokens, verdict } = await startWithUser('behind');
  relay.tenant.faults.resetCounts();
  for (const token of tokens()) token.issuedAt += 20_000;
  at(earliestMs);
  expect((await call()).status).toBe(200);
  expect(requestsFor(relay)).toBe(1);
  const refused = await verdict();
  expect(refused).toMatchObject({ state: 'renewable', reason: 'renewal_put_off', callable: true });
  const next = Date.parse(refused.evidence.next_renewal_at ?? '');
  expect(next).toBeGreaterThan(Date.now());
  // There must be time for another one before the token ends.
  expect(next).toBeLessThanOrEqual(Date.now() + (lifetimeMs - earliestMs) / 2);
  expect(refused.advice).toContain(new Date(next).toISOString());
  expect((await call()).status).toBe(200);
  expect(requestsFor(relay)).toBe(1);

  at(earliestMs + 20_000);
  expect((await call()).status).toBe(200);
  expect(requestsFor(relay)).toBe(2);
  expect(await verdict()).toMatchObject({ state: 'usable' });
  expect(tokens().map(({ revoked }) => revoked)).toEqual([false, false]);
});

it('an IdP that refuses until the token is over, too: the identity comes back with the first renewal it takes', async () => {
  const { relay, call, at, tokens } = await startWithUser('late');
  relay.tenant.faults.resetCounts();
  for (const token of tokens()) token.issuedAt += 60_000;
  at(lifetimeMs);
  const response = await call();
  expect(response.status).toBe(424);
  const { code, verdict } = Problem.parse(await response.json());
  expect(code).toBe('idp_token_expired');
  expect(verdict).toMatchObject({ state: 'renewable', reason: 'renewal_put_off', callable: false });
  expect((await call()).status).toBe(424);
  expect(requestsFor(relay)).toBe(1);
  at(earliestMs + 60_000);
  expect((await call()).status).toBe(200);
  expect(requestsFor(relay)).toBe(2);
});
