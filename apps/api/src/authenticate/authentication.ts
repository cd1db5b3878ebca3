import fastifyJwt from '@fastify/jwt';
import type { Secret } from '@idp-relay/idp-tokens';
import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { Problem } from '../problems/problem.ts';
import { readBearer } from './bearer.ts';
import type { SigningKeys } from './signing-keys.ts';
import { tokenExpired, tokenRefused, type TokenRefusalReason } from './token-refusal.ts';
import { callerOfAccessToken, callerOfIdToken, type VerifiedCaller } from './verified-caller.ts';

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
}

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * The caller that a request's token proves.
     * @throws Problem `access_token_missing`, `access_token_invalid`, `access_token_expired`, `signing_keys_unavailable`
     */
    verifyCaller(request: FastifyRequest): Promise<VerifiedCaller>;
  }
}

/** Checks a token and gives its claims. */
type Verifier = (request: FastifyRequest) => Promise<unknown>;

const Unverified = z.object({
  header: z.object({ alg: z.string(), typ: z.string().optional(), crit: z.unknown().optional() }),
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

/**
 * Verifies the tokens of callers. Every kind of token has a verifier of its own with one algorithm, so that no token can
 * choose how it is checked: access tokens by RS256 and the tenant's keys; ID tokens of a client by that client's algorithm.
 * @see https://datatracker.ietf.org/doc/html/rfc8725
 */
export const authentication = plugin<AuthenticationOptions>(
  async (app, options) => {
    const { issuers, audience } = options;
    const common = { allowedIss: [...issuers], clockTolerance: options.clockToleranceSeconds * 1000 };
    const byTenantKeys = (_request: FastifyRequest, token: unknown) => {
      const { header } = z.looseObject({ header: z.record(z.string(), z.unknown()) }).parse(token);
      return options.signingKeys.find(header);
    };

    await app.register(fastifyJwt, {
      namespace: 'accessToken',
      jwtVerify: 'verifyAccessToken',
      decode: { complete: true },
      secret: byTenantKeys,
      verify: {
        ...common,
        algorithms: ['RS256'],
        allowedAud: audience,
        requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
      },
    });
    const idTokenVerifiers = new Map<string, Verifier>();
    for (const [index, client] of options.idTokenClients.entries()) {
      const name = `verifyIdToken${index}`;
      await app.register(fastifyJwt, {
        namespace: `idToken${index}`,
        jwtVerify: name,
        decode: { complete: true },
        secret: client.algorithm === 'RS256' ? byTenantKeys : secretOf(client),
        verify: {
          ...common,
          algorithms: [client.algorithm],
          allowedAud: client.clientId,
          requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
        },
      });
      idTokenVerifiers.set(client.clientId, verifierNamed(name));
    }
    const verifyAccessToken = verifierNamed('verifyAccessToken');

    app.decorate('verifyCaller', async (request) => {
      const token = readBearer(request);
      const unverified = decode(token);
      checkHeader(unverified);
      const audiences = [unverified.payload.aud ?? []].flat();
      const [onlyAudience = ''] = audiences;
      const idTokenVerifier =
        audiences.length === 1 && !audiences.includes(audience)
          ? idTokenVerifiers.get(onlyAudience)
          : undefined;
      const claims = await (idTokenVerifier ?? verifyAccessToken)(request).catch((error: unknown) => {
        throw toProblem(error, unverified, {
          issuers,
          audience: idTokenVerifier === undefined ? audience : onlyAudience,
        });
      });
      if (isInTheFuture(unverified.payload.iat, options.clockToleranceSeconds))
        throw tokenRefused('not_yet_valid');
      const caller = idTokenVerifier === undefined ? callerOfAccessToken(claims) : callerOfIdToken(claims);
      if (caller === undefined) throw tokenRefused('claims_invalid');
      return caller;
    });
  },
  { name: 'authentication', dependencies: ['problem-details'] },
);

function secretOf(client: AuthenticationOptions['idTokenClients'][number]): string {
  if (client.clientSecret === undefined) throw new TypeError(`HS256 needs the secret of ${client.clientId}.`);
  return client.clientSecret.reveal();
}

/** `@fastify/jwt` hangs each namespace's verifier on the request, under a name of our choice. */
function verifierNamed(name: string): Verifier {
  const Verify = z.custom<() => Promise<unknown>>((value) => typeof value === 'function');
  return (request) => Verify.parse(Reflect.get(request, name)).call(request);
}

/** What the token says of itself, before anything of it is believed. */
function decode(token: string): Unverified {
  try {
    return Unverified.parse({ header: decodeProtectedHeader(token), payload: decodeJwt(token) });
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

const CodedError = z.object({ code: z.string() });

/** Every error of the verifiers is a refusal: a token can be as bad as it likes without being a fault of the relay. */
function toProblem(error: unknown, { payload }: Unverified, expected: ExpectedClaims): Problem {
  if (error instanceof Problem) return error;
  switch (CodedError.safeParse(error).data?.code) {
    case 'FST_JWT_AUTHORIZATION_TOKEN_EXPIRED':
      return tokenExpired();
    case 'FAST_JWT_INACTIVE':
      return tokenRefused('not_yet_valid');
    case 'FAST_JWT_INVALID_ALGORITHM':
      return tokenRefused('algorithm_refused');
    case 'FAST_JWT_INVALID_CRIT_HEADER':
      return tokenRefused('critical_header');
    case 'FAST_JWT_MISSING_SIGNATURE':
      return tokenRefused('signature_invalid');
    case 'FST_JWT_AUTHORIZATION_TOKEN_INVALID':
      return tokenRefused(reasonOf(payload, expected));
    default:
      return tokenRefused('malformed');
  }
}

interface ExpectedClaims {
  readonly issuers: readonly string[];
  readonly audience: string;
}

/** One error stands for a wrong signature and for wrong claims alike; the claims tell which it was. */
function reasonOf(payload: Unverified['payload'], { issuers, audience }: ExpectedClaims): TokenRefusalReason {
  if (typeof payload.iss !== 'string' || !issuers.includes(payload.iss)) return 'issuer_refused';
  if (![payload.aud ?? []].flat().includes(audience)) return 'audience_refused';
  return payload.exp === undefined || payload.sub === undefined || payload.iat === undefined
    ? 'claims_invalid'
    : 'signature_invalid';
}
