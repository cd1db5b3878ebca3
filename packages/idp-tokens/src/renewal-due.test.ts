import { createCatalogue } from '@idp-relay/idp-catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeIdentity, Secret, type HeldIdentity, type RenewalState } from './index.ts';
import { isDueForRenewal } from './renewal-due.ts';

const catalogue = createCatalogue();
const now = Date.parse('2026-11-24T12:00:00Z');

/** Is a token due that was renewed so long ago, and lives so long by the IdP's word? Seconds. */
function isDue(
  strategy: string,
  ageSeconds: number,
  lifetimeSeconds: number,
  renewal?: RenewalState,
): boolean {
  const entry = catalogue.find({ strategy, connection: strategy });
  if (entry === undefined) throw new Error(`no entry ${strategy}`);
  const obtainedAt = now - ageSeconds * 1000;
  const identity: HeldIdentity = {
    connection: strategy,
    provider: strategy,
    idpUserId: '1',
    isSocial: true,
    primary: true,
    accessToken: new Secret('t'),
    refreshToken: new Secret('r'),
    renewed: { by: 'renewal', obtainedAt, expiresAt: obtainedAt + lifetimeSeconds * 1000 },
    ...(renewal && { renewal }),
  };
  const verdict = judgeIdentity({
    identity,
    profile: { lastLogin: obtainedAt, readAt: now },
    entry,
    observation: undefined,
    mayReadIdpTokens: true,
    keptInTokenVault: false,
    canRenew: true,
    canUseTokenVault: false,
    requiredScopes: [],
    now,
    marginMs: 300_000,
  });
  return isDueForRenewal(identity, verdict, entry, now);
}

describe('when a renewal is due', () => {
  it('never more than a minute before the end, and always after it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7_200 }),
        fc.integer({ min: 600, max: 7_200 }),
        (age, lifetime) => {
          const left = lifetime - age;
          if (left > 60) expect(isDue('google-oauth2', age, lifetime)).toBe(false);
          if (left <= 0) expect(isDue('google-oauth2', age, lifetime)).toBe(true);
        },
      ),
    );
  });

  it('for Exact not before 570 s of 600 are over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (age) => {
        expect(isDue('exact', age, 600)).toBe(age >= 570);
      }),
    );
  });

  it('not while an earlier failure stands in the way', () => {
    expect(isDue('google-oauth2', 3_700, 3_600)).toBe(true);
    const failed = { failures: 1, reason: 'renewal_put_off' };
    expect(isDue('google-oauth2', 3_700, 3_600, { ...failed, nextAttemptAt: now + 1 })).toBe(false);
    expect(isDue('google-oauth2', 3_700, 3_600, { ...failed, nextAttemptAt: now })).toBe(true);
    expect(isDue('google-oauth2', 3_700, 3_600, { failures: 1, reason: 'renewal_refused' })).toBe(false);
  });
});
