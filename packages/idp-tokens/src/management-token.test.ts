import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { secret, startTestTenant } from '../test/test-tenant.ts';
import {
  ManagementCredentialsRefusedError,
  ManagementRateLimitedError,
  ManagementUnavailableError,
  Secret,
} from './index.ts';

const requests = (tenant: { faults: { count(service: 'authentication', filter: object): number } }): number =>
  tenant.faults.count('authentication', { method: 'POST', pathPrefix: '/oauth/token' });

describe('the Management API token', () => {
  it('is asked for once by fifty callers, and knows its scopes', async () => {
    const { tenant, tokens } = await startTestTenant();
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.get()));
    expect(new Set(all).size).toBe(1);
    expect([...(all[0]?.scopes ?? [])]).toEqual(['read:users', 'read:user_idp_tokens']);
    expect(requests(tenant)).toBe(1);
  });

  it('is renewed before it ends', async () => {
    const { tenant, tokens, clock } = await startTestTenant();
    const first = await tokens.get();
    clock.offset = 86_400_000 - 301_000;
    expect(await tokens.get()).toBe(first);
    clock.offset = 86_400_000 - 299_000;
    expect(await tokens.get()).not.toBe(first);
    expect(requests(tenant)).toBe(2);
  });

  it('comes by private_key_jwt, too', async () => {
    const { tenant, tokenSource } = await startTestTenant();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const client = tenant.database.state.clients.find(({ client_id }) => client_id === 'reader');
    if (client) {
      client.token_endpoint_auth_method = 'private_key_jwt';
      client.credentials = [
        { id: 'c', pem: publicKey.export({ type: 'spki', format: 'pem' }), alg: 'RS256' },
      ];
    }
    const privateKeyPem = new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const source = tokenSource('reader', { method: 'private_key_jwt', privateKeyPem, algorithm: 'RS256' });
    expect((await source.get()).scopes?.has('read:users')).toBe(true);
  });

  it('refused credentials are told apart from an Auth0 in trouble', async () => {
    const { tenant, tokenSource, clock } = await startTestTenant();
    const wrong = tokenSource('reader', { method: 'client_secret_post', clientSecret: new Secret('wrong') });
    await expect(wrong.get()).rejects.toThrow(ManagementCredentialsRefusedError);
    const right = tokenSource('reader', { method: 'client_secret_post', clientSecret: new Secret(secret) });
    tenant.faults.add('authentication', { status: 429, headers: { 'retry-after': '7' }, times: 1 });
    await expect(right.get()).rejects.toMatchObject({
      code: 'management_rate_limited',
      retryAfterSeconds: 7,
    });
    clock.offset += 60_000;
    tenant.faults.add('authentication', { status: 503, times: 1 });
    await expect(right.get()).rejects.toThrow(ManagementUnavailableError);
    clock.offset += 60_000;
    tenant.faults.add('authentication', { dropConnection: true, times: 1 });
    await expect(right.get()).rejects.toThrow(ManagementUnavailableError);
    clock.offset += 60_000;
    tenant.faults.add('authentication', { delayMs: 3_000, times: 1 });
    await expect(right.get()).rejects.toThrow(ManagementUnavailableError);
    // A failure is not kept for long.
    clock.offset += 60_000;
    await expect(right.get()).resolves.toBeDefined();
  });

  it('a failure is told to those who ask soon after, without asking Auth0 again', async () => {
    const { tenant, tokens, clock } = await startTestTenant();
    tenant.faults.add('authentication', { status: 429, headers: { 'retry-after': '20' }, times: 1 });
    await expect(tokens.get()).rejects.toThrow(ManagementRateLimitedError);
    clock.offset = 15_000;
    await expect(tokens.get()).rejects.toMatchObject({ retryAfterSeconds: 5 });
    clock.offset = 21_000;
    tenant.faults.add('authentication', { status: 500, times: 1 });
    await expect(tokens.get()).rejects.toThrow(ManagementUnavailableError);
    await expect(tokens.get()).rejects.toThrow(ManagementUnavailableError);
    expect(requests(tenant)).toBe(2);
    clock.offset = 40_000;
    await expect(tokens.get()).resolves.toBeDefined();
  });
});
