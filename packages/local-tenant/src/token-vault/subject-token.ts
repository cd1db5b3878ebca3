import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { AuthenticationError, requestRefused } from '../authentication/authentication-error.ts';
import type { GrantContext } from '../authentication/grant.ts';
import { issuerOf } from '../authentication/issuer.ts';
import { rotates } from '../authentication/refresh-token-settings.ts';
import { useRefreshToken } from '../authentication/refresh-tokens.ts';
import { publicKeys } from '../authentication/signing-keys.ts';

const Linked = z.object({ app_type: z.literal('resource_server'), resource_server_identifier: z.string() });
const Claims = z.object({ sub: z.string(), aud: z.union([z.string(), z.array(z.string())]) });

/**
 * The user of one of the client's refresh tokens.
 * @throws AuthenticationError
 */
export function userOfRefreshToken({ context, client, body }: GrantContext): string {
  if (rotates(client))
    throw requestRefused('Token Vault takes no rotating refresh tokens. Turn rotation off for the client.');
  const token = useRefreshToken(context, client, body.subject_token);
  if (token === undefined) throw refused('Unknown or invalid refresh token.');
  return token.user_id;
}

/**
 * The user of an access token, for the client that is linked to the API which the token is for.
 * @throws AuthenticationError
 */
export async function userOfAccessToken({ context, client, body }: GrantContext): Promise<string> {
  const { sub, aud } = await verify(context, body.subject_token);
  const identifier = Linked.safeParse(client).data?.resource_server_identifier;
  if (identifier === undefined || ![aud].flat().includes(identifier)) {
    throw new AuthenticationError(
      403,
      'unauthorized_client',
      'The client is not linked to the API that the access token is for.',
    );
  }
  return sub;
}

async function verify(context: GrantContext['context'], token: string): Promise<z.infer<typeof Claims>> {
  const { origins, clock } = context;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(publicKeys(context)), {
      algorithms: ['RS256'],
      issuer: [issuerOf(origins.tenantHttps), issuerOf(origins.tenantHttp)],
      currentDate: new Date(clock.now()),
    });
    return Claims.parse(payload);
  } catch {
    throw refused('Invalid subject token.');
  }
}

function refused(description: string): AuthenticationError {
  return new AuthenticationError(401, 'invalid_grant', description);
}
