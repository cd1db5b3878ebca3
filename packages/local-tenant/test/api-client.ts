import { audience, callback, startTestTenant } from './requests.ts';
import { radia, registerClient } from './vault-clients.ts';
import { signIn, type LocalTenant } from '../src/index.ts';

/** The client that is the API itself. */
export const apiClient = { app_type: 'resource_server', resource_server_identifier: audience };
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/** A tenant whose clock the test moves, the API's own client, and Radia's access token for the API. */
export async function startWithApi() {
  let now = Date.now();
  const tenant = await startTestTenant({ clock: { now: () => now } });
  const client = await registerClient(tenant, apiClient);
  const accessToken = await signInTo(tenant, radia.signIn);
  return { tenant, client, accessToken, pass: (seconds: number) => (now += seconds * 1000) };
}

/** Signs somebody in to the API's app, with offline access at the IdP unless told otherwise. */
export async function signInTo(
  tenant: LocalTenant,
  as: { connection: string; login: string },
  more: { audience?: string; accessType?: string; prompt?: string } = {},
): Promise<string> {
  const { origins } = tenant;
  const options = { origin: origins.tenantHttp, clientId: 'spa', redirectUri: callback, audience };
  const { access_token: token } = await signIn({
    ...options,
    accessType: 'offline',
    prompt: 'consent',
    as,
    ...more,
  });
  return token;
}

/** What an API sends of its caller's access token. */
export const byAccessToken = (subject_token: string, more: Record<string, string> = {}) => ({
  subject_token,
  subject_token_type: accessTokenType,
  ...more,
});
/** The answer where the vault has nothing. */
export const notConnected = {
  status: 401,
  body: {
    error: 'federated_connection_refresh_token_not_found',
    error_description: 'Federated connection Refresh Token not found.',
  },
};
