import { createCatalogue } from '@idp-relay/idp-catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyFingerprint, holdTokens, Secret, type KeptIdentity } from './index.ts';
import { estimateExpiry } from './token-expiry.ts';

const token = fc.string({ minLength: 1 });
const copy = fc
  .record({ accessToken: token, refreshToken: fc.option(token, { nil: undefined }) })
  .map(({ accessToken, refreshToken }) => ({
    connection: 'google-oauth2',
    provider: 'google-oauth2',
    idpUserId: '1',
    isSocial: true,
    primary: true,
    accessToken: new Secret(accessToken),
    ...(refreshToken !== undefined && { refreshToken: new Secret(refreshToken) }),
  }));
const moment = fc.integer({ min: 0, max: 4e12 });
const tokenSet = fc
  .record({ value: token, obtainedAt: moment, lifetimeMs: fc.integer({ min: 1, max: 1e10 }) })
  .map(({ value, obtainedAt, lifetimeMs }) => ({
    accessToken: new Secret(value),
    obtainedAt,
    expiresAt: obtainedAt + lifetimeMs,
  }));
const keptOf = (basedOn: string, kept: KeptIdentity['tokenSet']): KeptIdentity => ({
  ...(kept && { tokenSet: kept }),
  basedOn,
  renewal: { failures: 0 },
  updatedAt: 0,
});

describe('which tokens count', () => {
  it('the renewed ones as long as they stem from Auth0’s present copy', () => {
    fc.assert(
      fc.property(copy, tokenSet, (identity, renewed) => {
        const held = holdTokens(identity, keptOf(copyFingerprint(identity), renewed));
        expect(held.accessToken).toBe(renewed.accessToken);
        // None returned keeps the old refresh token (RFC 6749 section 6).
        expect(held.refreshToken).toBe(identity.refreshToken);
      }),
    );
  });

  it('Auth0’s copy once it is another one, whatever is kept and however young', () => {
    fc.assert(
      fc.property(copy, copy, tokenSet, (before, after, renewed) => {
        fc.pre(copyFingerprint(before) !== copyFingerprint(after));
        expect(holdTokens(after, keptOf(copyFingerprint(before), renewed))).toBe(after);
      }),
    );
  });

  it('none of a copy that was revoked here, but those of the next one', () => {
    fc.assert(
      fc.property(copy, copy, (revoked, next) => {
        fc.pre(copyFingerprint(revoked) !== copyFingerprint(next));
        const kept = {
          ...keptOf(copyFingerprint(revoked), undefined),
          renewal: { failures: 1, reason: 'revoked_by_operator' },
        };
        const held = holdTokens(revoked, kept);
        expect([held.accessToken, held.refreshToken]).toEqual([undefined, undefined]);
        expect(holdTokens(next, kept)).toBe(next);
      }),
    );
  });

  it('fingerprints tell copies apart by both tokens, and hold neither', () => {
    fc.assert(
      fc.property(token, token, (first, second) => {
        const of = (accessToken: string, refreshToken?: string): string =>
          copyFingerprint({
            connection: 'c',
            provider: 'p',
            idpUserId: '1',
            isSocial: true,
            primary: true,
            accessToken: new Secret(accessToken),
            ...(refreshToken !== undefined && { refreshToken: new Secret(refreshToken) }),
          });
        expect(of(first, second) === of(first)).toBe(false);
        expect(of(first) === of(second)).toBe(first === second);
      }),
    );
  });
});

describe('the end of a renewed token', () => {
  const entry = createCatalogue().find({ strategy: 'google-oauth2', connection: 'google-oauth2' });
  it('is what the IdP said when the relay was there, and no login moves it', () => {
    fc.assert(
      fc.property(copy, tokenSet, moment, (identity, renewed, lastLogin) => {
        const held = holdTokens(identity, keptOf(copyFingerprint(identity), renewed));
        expect(estimateExpiry(held, { lastLogin }, entry, undefined)).toEqual({
          kind: 'ends',
          at: renewed.expiresAt,
          basis: 'renewal_answer',
        });
      }),
    );
  });
});
