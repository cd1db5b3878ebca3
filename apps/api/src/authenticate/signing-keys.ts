import { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, errors, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { Problem } from '../problems/problem.ts';
import { tokenRefused } from './token-refusal.ts';

/** How the tenant's keys are read. Durations in milliseconds. */
export interface SigningKeysOptions {
  readonly jwksUrl: URL;
  /** After a fetch, unknown key ids cause no other for so long: forged tokens cannot make us flood the tenant. */
  readonly cooldownMs: number;
  /** After so long the keys are read again, so that a revoked one goes out of use. */
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
}

/** The tenant's public keys. */
export interface SigningKeys {
  /**
   * PEM of the key that a token's header names by `kid`. Nothing else in the header has a say.
   * @throws Problem `access_token_invalid` for an unknown key, `signing_keys_unavailable` when the keys cannot be read
   */
  find(header: { readonly alg?: unknown; readonly kid?: unknown }): Promise<string>;
  /** Reads the keys if need be; true once they were read. */
  load(): Promise<boolean>;
}

/** After a failed fetch nothing is fetched for so long, in milliseconds. */
const failurePauseMs = 2_000;

/**
 * The keys at the tenant's `jwks_uri`, read once for all requests, again for a new key id, and again as they age.
 * @see https://auth0.com/docs/secure/tokens/json-web-tokens/json-web-key-sets
 */
export function createSigningKeys(options: SigningKeysOptions): SigningKeys {
  const remote = createRemoteJWKSet(options.jwksUrl, {
    cooldownDuration: options.cooldownMs,
    cacheMaxAge: options.maxAgeMs,
    timeoutDuration: options.timeoutMs,
  });
  const pems = new WeakMap<CryptoKey, string>();
  let failedAt = Number.NEGATIVE_INFINITY;

  const toPem = (key: CryptoKey): string => {
    const pem = pems.get(key) ?? KeyObject.from(key).export({ type: 'spki', format: 'pem' }).toString();
    pems.set(key, pem);
    return pem;
  };

  const isKnown = (kid: string): boolean => remote.jwks()?.keys.some((key) => key.kid === kid) === true;
  // While the keys at hand are fresh, one that is not among them is most likely made up: that is the sender's fault, not ours.
  const refusal = (): Problem => (remote.fresh ? tokenRefused('unknown_key') : unavailable());

  return {
    find: async ({ alg, kid }) => {
      if (alg !== 'RS256') throw tokenRefused('algorithm_refused');
      if (typeof kid !== 'string' || kid === '') throw tokenRefused('unknown_key');
      // The set is asked with these two alone: `jku`, `x5u`, `jwk` and `x5c` of a header are the sender's own words.
      const header: JWTHeaderParameters = { alg, kid };
      if (performance.now() - failedAt < failurePauseMs && !(remote.fresh && isKnown(kid))) throw refusal();
      try {
        return toPem(await remote(header));
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
          throw tokenRefused('unknown_key');
        }
        failedAt = performance.now();
        throw refusal();
      }
    },
    load: async () => {
      if (remote.fresh) return true;
      if (performance.now() - failedAt < failurePauseMs) return false;
      try {
        await remote.reload();
        return true;
      } catch {
        failedAt = performance.now();
        return false;
      }
    },
  };
}

function unavailable(): Problem {
  return new Problem(
    'signing_keys_unavailable',
    'The tenant’s signing keys cannot be read right now. Try again.',
    {
      headers: { 'retry-after': '2' },
    },
  );
}
