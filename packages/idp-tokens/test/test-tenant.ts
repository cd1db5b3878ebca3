import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createCatalogue } from '@idp-relay/idp-catalogue';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { onTestFinished } from 'vitest';
import {
  createIdpTokens,
  createManagementApi,
  createManagementTokenSource,
  createUserProfiles,
  ManagementBudget,
  Secret,
  systemClock,
  type Clock,
  type ClientCredentials,
  type IdpTokens,
  type ManagementApi,
  type ManagementTokenSource,
  type UserProfiles,
} from '../src/index.ts';

/** The parts of the package, put together against a tenant of their own. */
export interface TestTenant {
  readonly tenant: LocalTenant;
  readonly clock: MovableClock;
  readonly tokens: ManagementTokenSource;
  readonly management: ManagementApi;
  readonly profiles: UserProfiles;
  readonly idpTokens: IdpTokens;
  /** Another token source, for other credentials. */
  readonly tokenSource: (clientId: string, credentials: ClientCredentials) => ManagementTokenSource;
}

/** The machine's clock, that can be set forward; waiting goes by the machine's. */
export class MovableClock implements Clock {
  offset = 0;
  now(): number {
    return systemClock.now() + this.offset;
  }
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(milliseconds, signal);
  }
}

export const secret = 'cAnArY7f3q-secret-of-the-test-client';

/** Starts a tenant with a client that may read IdP tokens. */
export async function startTestTenant(scope = ['read:users', 'read:user_idp_tokens']): Promise<TestTenant> {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const { state } = tenant.database;
  state.clients.push({
    client_id: 'reader',
    client_secret: secret,
    name: 'reader',
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  state.clientGrants.push({
    id: 'g',
    client_id: 'reader',
    audience: `https://${tenant.domain}/api/v2/`,
    scope,
  });
  const clock = new MovableClock();
  const connection = { domain: tenant.domain, fetch: globalThis.fetch, clock, timeoutMs: 1_000 };
  const tokenSource = (clientId: string, credentials: ClientCredentials): ManagementTokenSource =>
    createManagementTokenSource({ ...connection, clientId, credentials });
  const tokens = tokenSource('reader', { method: 'client_secret_post', clientSecret: new Secret(secret) });
  const budget = new ManagementBudget({ tenant: tenant.domain, clock });
  const management = createManagementApi({ ...connection, tokens, budget });
  const profiles = createUserProfiles({
    management,
    clock,
    lifetimeMs: 60_000,
    maxEntries: 100,
    maxBytes: 1e6,
  });
  const idpTokens = createIdpTokens({
    profiles,
    catalogue: createCatalogue(),
    clock,
    settings: () => ({ requiredScopes: [], keptInTokenVault: false }),
    marginMs: 300_000,
    observations: { tenant: tenant.domain, lifetimeMs: 60_000, maxEntries: 100 },
  });
  return { tenant, clock, tokens, management, profiles, idpTokens, tokenSource };
}
