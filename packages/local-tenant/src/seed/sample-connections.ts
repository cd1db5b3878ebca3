import { sampleIdpClient } from '../sample-idps/sample-idp-store.ts';
import { SampleIdpStrategy } from '../sample-idps/sample-idp-state.ts';
import type { Connection } from '../state/tenant-state.ts';

/** Strategy of a connection whose user signs in with a password kept by the tenant. */
export const databaseConnection = 'Username-Password-Authentication';

interface SampleConnection {
  readonly name: string;
  readonly strategy: string;
  readonly display_name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const connections: readonly SampleConnection[] = [
  { name: databaseConnection, strategy: 'auth0', display_name: 'E-mail and password' },
  { name: 'github', strategy: 'github', display_name: 'GitHub', options: { scope: ['user:email', 'repo'] } },
  {
    name: 'google-oauth2',
    strategy: 'google-oauth2',
    display_name: 'Google',
    options: { scope: ['email', 'profile'] },
  },
  { name: 'facebook', strategy: 'facebook', display_name: 'Facebook', options: { scope: ['email'] } },
  {
    name: 'windowslive',
    strategy: 'windowslive',
    display_name: 'Microsoft',
    options: { scope: ['User.Read'] },
  },
  { name: 'bitbucket', strategy: 'bitbucket', display_name: 'Bitbucket' },
  // No sample IdP stands for these two; they are what some of the sample users' identities came from.
  { name: 'acme-crm', strategy: 'oauth2', display_name: 'Acme CRM', options: { scope: 'contacts' } },
  { name: 'acme-saml', strategy: 'samlp', display_name: 'Acme SAML' },
  {
    name: 'google-vault',
    strategy: 'google-oauth2',
    display_name: 'Google, tokens in Token Vault',
    options: { federated_connections_access_tokens: { active: true } },
  },
];

/** The sample connections as the tenant keeps them, enabled for every client; ids do not change. */
export function sampleConnections(): Connection[] {
  return connections.map((connection, index) => ({
    id: `con_Sample${String(index).padStart(10, '0')}`,
    name: connection.name,
    strategy: connection.strategy,
    display_name: connection.display_name,
    options: { ...ownClient(connection.strategy), ...connection.options },
    enabled_clients: 'all',
  }));
}

/** The client that the tenant has at a sample IdP; without one a connection would be on Auth0's developer keys. */
function ownClient(strategy: string): { readonly client_id?: string } {
  const known = SampleIdpStrategy.safeParse(strategy);
  return known.success ? { client_id: sampleIdpClient(known.data).clientId } : {};
}
