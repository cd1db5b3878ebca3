import { randomBytes } from 'node:crypto';
import { Secret, type IdentityKey, type TokenSet } from '@idp-relay/idp-tokens';
import { parseKeyRing, type KeyRing } from '../src/index.ts';

/** An identity like Auth0's. */
export const identity: IdentityKey = {
  tenant: 'example.us.auth0.com',
  userId: 'google-oauth2|1001',
  connection: 'google-oauth2',
  idpUserId: '1001',
};

/** A text such as RELAY_ENCRYPTION_KEYS, with a new key. */
export function newKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`;
}

/** A key ring of texts by {@link newKey}; the first is the current one. */
export function keyRingOf(...keys: readonly string[]): KeyRing {
  return parseKeyRing(new Secret(keys.join(',')));
}

/** A token set whose tokens end in the given word. */
export function tokenSetOf(word: string): TokenSet {
  return {
    accessToken: new Secret(`access-${word}`),
    refreshToken: new Secret(`refresh-${word}`),
    scope: ['openid', 'email'],
    obtainedAt: 1_790_000_000_123,
    expiresAt: 1_790_000_003_723,
  };
}

/** The tokens of a token set in the open, to compare them. */
export function revealed(tokenSet: TokenSet | undefined) {
  return (
    tokenSet && {
      ...tokenSet,
      accessToken: tokenSet.accessToken.reveal(),
      accessTokenSecret: tokenSet.accessTokenSecret?.reveal(),
      refreshToken: tokenSet.refreshToken?.reveal(),
    }
  );
}
