import { sampleEmail, samplePassword, samplePeople, signIn } from '@idp-relay/local-tenant';
import { requestAccessToken } from './browser-sign-in.ts';
import { tokenCallback, type Installation } from './installation.ts';
import type { DriveTokens } from './leak-drive.ts';

/** Signs some sample people in, the operator and the backend, for whoever drives the routes. */
export async function getDriveTokens({ tenant, provisioned }: Installation): Promise<DriveTokens> {
  const common = {
    origin: tenant.origins.tenantHttp,
    clientId: provisioned.sampleProductClientId,
    redirectUri: tokenCallback,
    audience: provisioned.audience,
  };
  const users = new Map<string, string>();
  for (const handle of ['ada', 'grace', 'radia', 'nobody']) {
    const connection =
      samplePeople.find((person) => person.handle === handle)?.identities[0].connection ?? '';
    users.set(handle, (await signIn({ ...common, as: { connection, login: handle } })).access_token);
  }
  const operator = { handle: 'operator' };
  const asOperator = { email: sampleEmail(operator), password: samplePassword(operator) };
  return {
    users,
    operator: (await signIn({ ...common, as: asOperator })).access_token,
    backend: await requestAccessToken(tenant.origins.tenantHttp, {
      grant_type: 'client_credentials',
      client_id: provisioned.sampleBackendClientId,
      client_secret: provisioned.sampleBackendClientSecret,
      audience: provisioned.audience,
    }),
  };
}
