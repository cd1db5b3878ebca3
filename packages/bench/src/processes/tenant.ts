// The local tenant with what the benchmark needs: the relay's client and API, and users who all have a token of GitHub.
// It tells its parent where it is, and the key to sign access tokens with: thousands of sign-ins would take all day.
import { randomBytes } from 'node:crypto';
import { startLocalTenant } from '@idp-relay/local-tenant';
import { audience, relayClientId } from '../ground/bench-tenant.ts';
import { z } from 'zod';

const { TENANT_FOLDER, USERS } = z
  .object({
    TENANT_FOLDER: z.string(),
    USERS: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
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
const now = new Date().toISOString();
for (const userId of USERS) {
  const idpUserId = userId.slice('github|'.length);
  const access_token = `gho_${randomBytes(27).toString('base64url')}`;
  state.users.push({
    user_id: userId,
    email: `${idpUserId}@example.com`,
    email_verified: true,
    name: `User ${idpUserId}`,
    nickname: `user-${idpUserId}`,
    identities: [
      { connection: 'github', provider: 'github', user_id: idpUserId, isSocial: true, access_token },
    ],
    created_at: now,
    updated_at: now,
    last_login: now,
    logins_count: 1,
    roles: [],
  });
}
const signingKey = state.signingKeys.find((key) => !key.retired);
process.on('SIGTERM', () => void tenant.close().then(() => process.exit(0)));
process.send?.({
  domain: tenant.domain,
  controlOrigin: tenant.controlOrigin,
  authorityFile: tenant.authorityFile,
  clientSecret,
  signingKey: { kid: signingKey?.kid, jwk: { kty: 'RSA', ...signingKey?.privateJwk } },
});
