import { createCatalogue } from '@idp-relay/idp-catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeIdentity, Secret, verdictReasons, verdictStates, type JudgedFacts } from './index.ts';

const catalogue = createCatalogue();
const now = Date.parse('2026-11-24T12:00:00Z');
const minute = 60_000;

const facts = (
  changed: Partial<JudgedFacts> & {
    strategy?: string;
    expiresIn?: number;
    refreshable?: boolean;
    loggedInMinutesAgo?: number;
  },
): JudgedFacts => {
  const {
    strategy = 'google-oauth2',
    expiresIn,
    refreshable = false,
    loggedInMinutesAgo = 10,
    ...rest
  } = changed;
  return {
    identity: {
      connection: strategy,
      provider: strategy,
      idpUserId: '1',
      isSocial: true,
      primary: true,
      accessToken: new Secret('t'),
      ...(expiresIn !== undefined && { expiresInSeconds: expiresIn }),
      ...(refreshable && { refreshToken: new Secret('r') }),
    },
    profile: { lastLogin: now - loggedInMinutesAgo * minute, readAt: now },
    entry: catalogue.find({ strategy, connection: strategy }),
    observation: undefined,
    mayReadIdpTokens: true,
    keptInTokenVault: false,
    canRenew: false,
    canUseTokenVault: false,
    requiredScopes: [],
    now,
    marginMs: 5 * minute,
    ...rest,
  };
};

describe('expiry', () => {
  it.each([
    [{ expiresIn: 3600, loggedInMinutesAgo: 10 }, 'usable', 'token_stored', true],
    [{ expiresIn: 3600, loggedInMinutesAgo: 57 }, 'expiring', 'ends_soon', true],
    [{ expiresIn: 3600, loggedInMinutesAgo: 57, refreshable: true }, 'renewable', 'ends_soon', true],
    [{ expiresIn: 3600, loggedInMinutesAgo: 61 }, 'expired', 'lifetime_over', false],
    [{ expiresIn: 3600, loggedInMinutesAgo: 61, refreshable: true }, 'renewable', 'lifetime_over', false],
    [
      { expiresIn: 3600, loggedInMinutesAgo: 61, refreshable: true, strategy: 'facebook' },
      'expired',
      'lifetime_over',
      false,
    ],
    // Without expires_in the strategy's usual lifetime counts.
    [{ loggedInMinutesAgo: 61 }, 'expired', 'lifetime_over', false],
    [{ strategy: 'github', loggedInMinutesAgo: 100_000 }, 'usable', 'token_without_end', true],
    [{ strategy: 'bitly' }, 'usable', 'token_without_end', true],
    [{ strategy: 'yandex' }, 'unknown', 'expiry_unknown', true],
    [{ strategy: 'a-retired-one' }, 'unknown', 'strategy_unknown', false],
    [{ strategy: 'a-retired-one', expiresIn: 3600 }, 'unknown', 'strategy_unknown', false],
    [{ strategy: 'apple' }, 'not_applicable', 'not_relayable', false],
  ] as const)('%o', (given, state, reason, callable) => {
    expect(judgeIdentity(facts(given))).toMatchObject({ state, reason, callable });
  });

  it('says why a token that has ended is not renewed', () => {
    const ended = { expiresIn: 3600, loggedInMinutesAgo: 61 };
    expect(judgeIdentity(facts(ended)).detail).toContain('no refresh token is stored');
    expect(judgeIdentity(facts({ ...ended, refreshable: true, strategy: 'facebook' })).detail).toContain(
      'this IdP is not known to renew tokens',
    );
  });

  it('says that it is an estimate, and what it was worked out from', () => {
    expect(judgeIdentity(facts({ expiresIn: 3600 })).evidence).toMatchObject({
      expiresAtLatest: '2026-11-24T12:50:00.000Z',
      expiryBasis: 'expires_in_since_last_login',
    });
    expect(judgeIdentity(facts({})).evidence.expiryBasis).toBe('usual_lifetime_since_last_login');
  });

  it('the IdP’s own word counts for more', () => {
    const observation = {
      outcome: 'accepted',
      idpStatus: 200,
      expiresAt: now + 1,
      observedAt: now,
      source: 'probe',
    } as const;
    expect(judgeIdentity(facts({ expiresIn: 3600, observation }))).toMatchObject({
      state: 'expiring',
      source: 'probe',
    });
  });
});

it('is total and pure: any facts give a verdict with known words, and the same one twice', () => {
  const names = catalogue.entries().map((entry) => entry.strategy);
  const anyFacts = fc.record({
    strategy: fc.constantFrom(...names, 'unheard-of'),
    expiresIn: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: 0 }),
    refreshable: fc.boolean(),
    loggedInMinutesAgo: fc.integer({ min: 0, max: 1_000_000 }),
    mayReadIdpTokens: fc.boolean(),
    keptInTokenVault: fc.boolean(),
    requiredScopes: fc.array(fc.constantFrom('a', 'b')),
  });
  fc.assert(
    fc.property(anyFacts, fc.boolean(), (given, isStored) => {
      const complete = facts(given);
      const { accessToken: _accessToken, ...without } = complete.identity;
      const judged = isStored ? complete : { ...complete, identity: without };
      const verdict = judgeIdentity(judged);
      expect(verdictStates).toContain(verdict.state);
      expect(verdictReasons).toContain(verdict.reason);
      expect(verdict.detail).not.toBe('');
      expect(verdict).toEqual(judgeIdentity(judged));
      // What cannot be called says what to do, unless nothing can be done; what is over is never called.
      if (!isStored) expect(verdict.callable).toBe(false);
      if (verdict.reason === 'lifetime_over') expect(verdict.callable).toBe(false);
      const ends = verdict.evidence.expiresAtLatest;
      if (ends !== undefined && verdict.callable) expect(Date.parse(ends)).toBeGreaterThan(now);
    }),
  );
});

describe('introspection', () => {
  const seen = (
    introspection: NonNullable<JudgedFacts['observation']>['introspection'] & string,
    outcome: 'accepted' | 'refused' = 'accepted',
  ) =>
    judgeIdentity(
      facts({
        requiredScopes: ['calendar'],
        observation: {
          outcome,
          idpStatus: 200,
          introspection,
          grantedScopes: outcome === 'accepted' ? [] : ['calendar'],
          observedAt: now,
          source: 'probe',
        },
      }),
    );

  it.each([
    ['client_refused', /check id and secret in connections\.google-oauth2\.client\.$/],
    ['inactive', /check that connections\.google-oauth2\.client is the client/],
    ['inconclusive', /check introspection in connections\.google-oauth2\.catalogue\.$/],
  ] as const)('%s beside a token that works: the finding stands, with one more advice', (finding, advice) => {
    expect(seen(finding)).toMatchObject({
      state: 'insufficient_scope',
      advice: expect.stringMatching(
        /^Let the user sign in again .*connection_scope=calendar\. For operators:/,
      ) as unknown,
      evidence: { introspection: finding },
    });
    expect(seen(finding).advice).toMatch(advice);
  });

  it.each(['active', 'unanswered'] as const)('%s needs no advice', (finding) => {
    expect(seen(finding).advice).not.toContain('For operators');
  });

  it('says so where it was the introspection that refused the token', () => {
    expect(seen('inactive', 'refused')).toMatchObject({
      state: 'revoked',
      detail: 'The IdP says, by introspection, that the stored token is not active.',
      advice: 'Let the user sign in again through this connection.',
    });
  });
});
