import { samplePassword, sampleEmail, signIn, type LocalTenant } from '@idp-relay/local-tenant';
import { audience, clients } from './test-relay.ts';

/** The strategies whose sample IdPs always give a refresh token, good once. */
export type RotatingStrategy = 'bitbucket' | 'exact';

/**
 * Makes an account at a sample IdP and signs its owner in through the connection of the same name, so that the tenant has a
 * new user with tokens that nobody else uses.
 * @param handle what the account and its owner are called; letters alone
 * @returns the `user_id`
 */
export async function signUpAt(
  tenant: LocalTenant,
  strategy: RotatingStrategy,
  handle: string,
): Promise<string> {
  const { state } = tenant.database;
  const id = `{account-of-${handle}}`;
  state.sampleIdps.accounts.push({
    strategy,
    id,
    login: handle,
    password: samplePassword({ handle }),
    name: handle,
    email: sampleEmail({ handle }),
  });
  if (!state.connections.some(({ name }) => name === strategy))
    state.connections.push({
      id: `con_${strategy}`,
      name: strategy,
      strategy,
      options: {},
      enabled_clients: 'all',
    });
  await signIn({
    origin: tenant.origins.tenantHttp,
    clientId: clients.product,
    redirectUri: 'http://localhost:9/callback',
    audience,
    as: { connection: strategy, login: handle },
  });
  return `${strategy}|${id}`;
}
