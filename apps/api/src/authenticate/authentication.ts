import type { Secret } from '@idp-relay/idp-tokens';
import { createDecoder, createVerifier } from 'fast-jwt';
import plugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { readBearer } from './bearer.ts';
import type { SigningKeys } from './signing-keys.ts';
import { tokenExpired, tokenRefused, type TokenRefusalReason } from './token-refusal.ts';
import { callerOfAccessToken, callerOfIdToken, type VerifiedCaller } from './verified-caller.ts';
import type { VerifiedTokens } from './verified-tokens.ts';
import { withoutStacks } from './without-stacks.ts';

/** Whose tokens are accepted. */
export interface AuthenticationOptions {
  /** The tenant's issuers, each with a trailing slash: its own domain and its custom domains. */
  readonly issuers: readonly string[];
  /** The relay's API. */
  readonly audience: string;
  readonly signingKeys: SigningKeys;
  /** Clients whose ID tokens are accepted. */
  readonly idTokenClients: readonly {
    readonly clientId: string;
    readonly algorithm: 'RS256' | 'HS256';
    readonly clientSecret?: Secret;
  }[];
  /** Clocks may differ by so much. */
  readonly clockToleranceSeconds: number;
  /** Where verified tokens are remembered. */
  readonly verifiedTokens: VerifiedTokens;
}

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * The caller that a request's token proves; a promise where it has to be verified first.
     * @throws Problem `access_token_missing`, `access_token_invalid`, `access_token_expired`, `signing_keys_unavailable`
     */
    verifyCaller(request: FastifyRequest): VerifiedCaller | Promise<VerifiedCaller>;
  }
}

/** Checks a token by a key and gives its claims. Throws the library's errors. */
type Verifier = (token: string) => unknown;

/** Finds the verifier for a token's header. */
type VerifierOf = (header: Unverified['header']) => Verifier | Promise<Verifier>;

const Unverified = z.object({
  header: z.object({
    alg: z.unknown().optional(),
    kid: z.unknown().optional(),
    typ: z.string().optional(),
    crit: z.unknown().optional(),
  }),
  payload: z.object({
    iss: z.unknown().optional(),
    aud: z.union([z.string(), z.array(z.string())]).optional(),
    exp: z.unknown().optional(),
    iat: z.unknown().optional(),
    sub: z.unknown().optional(),
  }),
});
type Unverified = z.infer<typeof Unverified>;

const tokenTypes = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** The tenant has two or three keys at a time; verifiers of older ones go. */
const mostKeys = 8;

/**
 * Verifies the tokens of callers. Every kind of token has a verifier of its own with one algorithm, so that no token can
 * choose how it is checked: access tokens by RS256 and the tenant's keys; ID tokens of a client by that client's algorithm.
 * @see https://datatracker.ietf.org/doc/html/rfc8725
 */
export const authentication = plugin<AuthenticationOptions>(
  async (app, options) => {
    const { issuers, audience, signingKeys, verifiedTokens } = options;

    const verifierOf = (key: string, algorithm: 'RS256' | 'HS256', allowedAud: string): Verifier =>
      createVerifier({
        key,
        algorithms: [algorithm],
        allowedIss: [...issuers],
        allowedAud,
        requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
        clockTolerance: options.clockToleranceSeconds * 1000,
      });
    /** Verifies by the tenant's key that a token's header names. */
    const byTenantKeys = (allowedAud: string): VerifierOf => {
      const verifiers = new LRUCache<string, Verifier>({ max: mostKeys });
      return async (header) => {
        const key = await signingKeys.find(header);
        const verifier = verifiers.get(key) ?? verifierOf(key, 'RS256', allowedAud);
        verifiers.set(key, verifier);
        return verifier;
      };
    };
    const ofAccessTokens = byTenantKeys(audience);
    const ofIdTokens = new Map<string, VerifierOf>();
    for (const client of options.idTokenClients) {
      const { clientId, algorithm } = client;
      if (algorithm === 'RS256') ofIdTokens.set(clientId, byTenantKeys(clientId));
      else {
        const verifier = verifierOf(secretOf(client), algorithm, clientId);
        ofIdTokens.set(clientId, () => verifier);
      }
    }

    const verify = async (token: string): Promise<VerifiedCaller> => {
      const unverified = decode(token);
      checkHeader(unverified);
      const audiences = [unverified.payload.aud ?? []].flat();
      const [onlyAudience = ''] = audiences;
      const ofIdToken =
        audiences.length === 1 && onlyAudience !== audience ? ofIdTokens.get(onlyAudience) : undefined;
      const verifier = await (ofIdToken ?? ofAccessTokens)(unverified.header);
      const claims = check(verifier, token, unverified, {
        issuers,
        audience: ofIdToken === undefined ? audience : onlyAudience,
      });
      if (isInTheFuture(unverified.payload.iat, options.clockToleranceSeconds))
        throw tokenRefused('not_yet_valid');
      const caller = ofIdToken === undefined ? callerOfAccessToken(claims) : callerOfIdToken(claims);
      if (caller === undefined) throw tokenRefused('claims_invalid');
      verifiedTokens.keep(token, caller);
      return caller;
    };

    app.decorate('verifyCaller', (request) => {
      const token = readBearer(request);
      return verifiedTokens.find(token) ?? verify(token);
    });
  },
  { name: 'authentication', dependencies: ['problem-details'] },
);

function secretOf(client: AuthenticationOptions['idTokenClients'][number]): string {
  if (client.clientSecret === undefined) throw new TypeError(`HS256 needs the secret of ${client.clientId}.`);
  return client.clientSecret.reveal();
}

const decodeToken = createDecoder({ complete: true });

/** What the token says of itself, before anything of it is believed. */
function decode(token: string): Unverified {
  try {
    return Unverified.parse(decodeToken(token));
  } catch {
    throw tokenRefused('malformed');
  }
}

function checkHeader({ header }: Unverified): void {
  if (header.crit !== undefined) throw tokenRefused('critical_header');
  if (header.typ !== undefined && !tokenTypes.has(header.typ.toLowerCase())) throw tokenRefused('malformed');
}

function isInTheFuture(issuedAt: unknown, toleranceSeconds: number): boolean {
  return typeof issuedAt !== 'number' || issuedAt > Date.now() / 1000 + toleranceSeconds;
}

interface ExpectedClaims {
  readonly issuers: readonly string[];
  readonly audience: string;
}

const CodedError = z.object({ code: z.string() });

/** Every error of a verifier is a refusal: a token can be as bad as it likes without being a fault of the relay. */
function check(
  verifier: Verifier,
  token: string,
  { payload }: Unverified,
  expected: ExpectedClaims,
): unknown {
  try {
    return withoutStacks(() => verifier(token));
  } catch (error) {
    switch (CodedError.safeParse(error).data?.code) {
      case 'FAST_JWT_EXPIRED':
        throw tokenExpired();
      case 'FAST_JWT_INACTIVE':
        throw tokenRefused('not_yet_valid');
      case 'FAST_JWT_INVALID_ALGORITHM':
        throw tokenRefused('algorithm_refused');
      case 'FAST_JWT_INVALID_SIGNATURE':
      case 'FAST_JWT_MISSING_SIGNATURE':
        throw tokenRefused('signature_invalid');
      case 'FAST_JWT_MALFORMED':
        throw tokenRefused('malformed');
      default:
        throw tokenRefused(reasonOf(payload, expected));
    }
  }
}

/** The library has one error for wrong claims of any kind; the claims tell which it was. */
function reasonOf(payload: Unverified['payload'], { issuers, audience }: ExpectedClaims): TokenRefusalReason {
  if (typeof payload.iss !== 'string' || !issuers.includes(payload.iss)) return 'issuer_refused';
  return [payload.aud ?? []].flat().includes(audience) ? 'claims_invalid' : 'audience_refused';
}
