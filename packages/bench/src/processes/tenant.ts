// The local tenant with what the benchmark needs: the relay's client and API, users who all have a token of GitHub, and
// others whose token of Google has ended. It tells its parent where it is, and the key to sign access tokens with: thousands
// of sign-ins would take all day.
import { randomBytes } from 'node:crypto';
import { sampleIdpClient, startLocalTenant } from '@idp-relay/local-tenant';
import { audience, relayClientId } from '../ground/bench-tenant.ts';
import { z } from 'zod';

const UserIds = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const { TENANT_FOLDER, USERS, ENDED_USERS } = z
  .object({
    TENANT_FOLDER: z.string(),
    USERS: UserIds,
    ENDED_USERS: UserIds,
  })
  .parse(process.env);

const tenant = await startLocalTenant({ folder: TENANT_FOLDER, plan: 'unlimited' });
const { state } = tenant.database;
const clientSecret = randomBytes(24).toString('base64url');
state.clients.push({
  client_id: relayClientId,
  client_secret: clientSecret,
  name: 'relay',
  app_type: 'non_interactive',
  token_endpoint_auth_method: 'client_secret_post',
  grant_types: ['client_credentials'],
});
state.clientGrants.push({
  id: 'cgr_bench',
  client_id: relayClientId,
  audience: `https://${tenant.domain}/api/v2/`,
  scope: ['read:users', 'read:user_idp_tokens'],
});
state.resourceServers.push({
  id: 'rs_bench',
  identifier: audience,
  name: 'relay',
  scopes: [{ value: 'call:idp' }],
});
const random = (): string => randomBytes(27).toString('base64url');
for (const userId of USERS) addUser(userId, Date.now(), { access_token: `gho_${random()}` });

const lifetimeSeconds = 3_599;
for (const userId of ENDED_USERS) {
  const issuedAt = Date.now() - 2 * lifetimeSeconds * 1_000;
  const [accessToken, refreshToken] = [`ya29.${random()}`, `1//${random()}`];
  addUser(userId, issuedAt, {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: lifetimeSeconds,
  });
  const strategy = 'google-oauth2';
  state.sampleIdps.tokens.push({
    strategy,
    accountId: userId,
    clientId: sampleIdpClient(strategy).clientId,
    accessToken,
    refreshToken,
    family: userId,
    scope: ['openid', 'email', 'profile'],
    issuedAt,
    expiresAt: issuedAt + lifetimeSeconds * 1_000,
    revoked: false,
    refreshTokenUsed: false,
  });
}

/** Somebody with one identity, whose tokens are of this login (milliseconds since the epoch). */
function addUser(
  userId: string,
  lastLogin: number,
  tokens: { access_token: string; refresh_token?: string; expires_in?: number },
): void {
  const [connection = '', idpUserId = ''] = userId.split('|');
  const at = new Date(lastLogin).toISOString();
  state.users.push({
    user_id: userId,
    email: `${idpUserId}@example.com`,
    email_verified: true,
    name: `User ${idpUserId}`,
    nickname: `user-${idpUserId}`,
    identities: [{ connection, provider: connection, user_id: idpUserId, isSocial: true, ...tokens }],
    created_at: at,
    updated_at: at,
    last_login: at,
    logins_count: 1,
    roles: [],
  });
}

const signingKey = state.signingKeys.find((key) => !key.retired);
process.on('SIGTERM', () => void tenant.close().then(() => process.exit(0)));
process.send?.({
  domain: tenant.domain,
  idpsOrigin: tenant.origins.idpsHttps,
  controlOrigin: tenant.controlOrigin,
  authorityFile: tenant.authorityFile,
  clientSecret,
  signingKey: { kid: signingKey?.kid, jwk: { kty: 'RSA', ...signingKey?.privateJwk } },
});
