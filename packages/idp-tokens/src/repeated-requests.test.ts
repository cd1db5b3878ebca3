import { describe, expect, it } from 'vitest';
import { startTestTenant } from '../test/test-tenant.ts';
import { createTokenVault, Secret, type VaultClient } from './index.ts';

const json = { 'content-type': 'application/json' };
const client: VaultClient = {
  clientId: 'reader',
  credentials: { method: 'client_secret_post', clientSecret: new Secret('cAnArY7f3q-of-the-vault') },
};

/** The message of what a promise is rejected with. */
async function messageOf(rejected: Promise<unknown>): Promise<string> {
  const error: unknown = await rejected.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message : 'no error';
}

describe('an Auth0 that repeats in its errors what it was sent: the error shows nothing of it', () => {
  it('the token endpoint, in the error code', async () => {
    const { tenant, tokens } = await startTestTenant();
    tenant.faults.add('authentication', { status: 400, headers: json, body: '{"error":"{request}"}' });
    expect(await messageOf(tokens.get())).toMatch(/^Auth0 refused the relay's own client \(status 400\)/);
  });

  it('Token Vault, in the error code', async () => {
    const { tenant, clock } = await startTestTenant();
    const vault = createTokenVault({
      domain: tenant.domain,
      fetch: globalThis.fetch,
      clock,
      timeoutMs: 1_000,
      lifetimeMs: 1_000,
      maxEntries: 10,
      api: client,
    });
    tenant.faults.add('authentication', { status: 400, headers: json, body: '{"error":"{request}"}' });
    const subject = new Secret('cAnArY7f3q-of-the-user');
    const answer = vault.token({ userId: 'u', connection: 'google-vault', subject, notBefore: 0 });
    expect(await messageOf(answer)).toContain('(status 400)');
  });

  it('the Management API, in the names of the scopes', async () => {
    const { tenant, profiles, clock } = await startTestTenant();
    const refuseWith = (scopes: string): void => {
      tenant.faults.clear();
      const body = `{"message":"Insufficient scope, expected any of: ${scopes}"}`;
      tenant.faults.add('management', { status: 403, headers: json, body });
    };
    const read = () => messageOf(profiles.get('github|1001', { deadline: clock.now() + 5_000 }));
    refuseWith('{request}');
    expect(await read()).toContain('its grant lacks read:users.');
    refuseWith('{request},read:user_idp_tokens');
    expect(await read()).toContain('its grant lacks read:user_idp_tokens.');
  });
});
