import { decodeProtectedHeader, importSPKI, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { AuthenticationError } from '../authentication/authentication-error.ts';
import type { SeenAssertions } from '../authentication/client-authentication.ts';
import type { GrantContext } from '../authentication/grant.ts';
import { issuerOf } from '../authentication/issuer.ts';
import type { PrivilegedAccess } from './privileged-access.ts';

/** Older requests are refused, whatever their `exp` says. Seconds. */
const longestAge = 60;

const Claims = z.object({
  sub: z.string().min(1),
  iat: z.number(),
  jti: z.string().min(1),
  /** Why the worker needs the token. It is written to the log, as in Auth0. */
  audit_context: z.string().min(1).max(256),
  /** There are no organizations here, so no request is good within one. */
  org_id: z.undefined().optional(),
});

const Keys = z.object({
  credentials: z
    .array(
      z.object({
        id: z.string(),
        kid: z.string().optional(),
        pem: z.string(),
        alg: z.enum(['RS256', 'RS384', 'PS256']).default('RS256'),
      }),
    )
    .default([]),
});

/**
 * Reads a request to the vault that a privileged worker signed: a JWT that names the user, good once and for a minute.
 * @returns the user id
 * @throws AuthenticationError
 */
export async function readPrivilegedRequest(
  request: GrantContext,
  access: PrivilegedAccess,
  seen: SeenAssertions,
): Promise<string> {
  const { context, client } = request;
  const claims = Claims.safeParse(await verify(request, access));
  if (!claims.success) throw refused();
  const { sub, iat, jti, audit_context: auditContext } = claims.data;
  const now = Math.floor(context.clock.now() / 1000);
  if (!seen.use(`${client.client_id} ${jti}`, iat + longestAge, now)) throw refused();
  request.learned.auditContext = auditContext;
  return sub;
}

async function verify(
  { context, client, origin, body }: GrantContext,
  access: PrivilegedAccess,
): Promise<JWTPayload> {
  const kid = readKid(body.subject_token);
  const keys = Keys.parse(client).credentials.filter(
    (key) => access.credentials.some(({ id }) => id === key.id) && (kid === undefined || kid === key.kid),
  );
  for (const { pem, alg } of keys) {
    try {
      const { payload } = await jwtVerify(body.subject_token, await importSPKI(pem, alg), {
        algorithms: [alg],
        typ: 'token-vault-req+jwt',
        issuer: client.client_id,
        audience: [issuerOf(origin), issuerOf(context.origins.tenantHttps)],
        maxTokenAge: longestAge,
        currentDate: new Date(context.clock.now()),
      });
      return payload;
    } catch {
      // Another of the client's keys may fit.
    }
  }
  throw refused();
}

function readKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    throw refused();
  }
}

function refused(): AuthenticationError {
  return new AuthenticationError(401, 'invalid_grant', 'Invalid subject token.');
}
