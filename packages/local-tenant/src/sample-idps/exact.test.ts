import { expect, it } from 'vitest';
import { z } from 'zod';
import { callback, startTestTenant } from '../../test/requests.ts';
import { signIn, type LocalTenant } from '../index.ts';
import { sampleIdpClient } from './sample-idp-store.ts';

const id = 'b4f3e0d2-7c55-4f0e-9a53-0d3c9b8f2a10';
const Answer = z.looseObject({
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});

/** Somebody signs in through a connection to the sample Exact Online; gives the refresh token that the tenant stores. */
async function signInAtExact(tenant: LocalTenant): Promise<string> {
  const { state } = tenant.database;
  state.sampleIdps.accounts.push({
    strategy: 'exact',
    id,
    login: 'tessa',
    password: 'tessa-sample-password',
    name: 'Tessa Tester',
    email: 'tessa@idp-relay.example',
  });
  state.connections.push({
    id: 'con_exact',
    name: 'exact',
    strategy: 'exact',
    options: {},
    enabled_clients: 'all',
  });
  await signIn({
    origin: tenant.origins.tenantHttp,
    clientId: 'spa',
    redirectUri: callback,
    as: { connection: 'exact', login: 'tessa' },
  });
  const user = state.users.find(({ user_id }) => user_id === `exact|${id}`);
  expect(user).toMatchObject({ name: 'Tessa Tester', identities: [{ expires_in: 600 }] });
  return user?.identities[0]?.refresh_token ?? '';
}

async function refresh(tenant: LocalTenant, refreshToken: string) {
  const { clientId, clientSecret } = sampleIdpClient('exact');
  const response = await fetch(`${tenant.origins.idpsHttps}/exact/api/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
  return { status: response.status, ...Answer.parse(await response.json()) };
}

it('refuses a refresh in the first nine and a half minutes of a token, and takes it afterwards', async () => {
  let now = Date.now();
  const tenant = await startTestTenant({ clock: { now: () => now } });
  const first = await signInAtExact(tenant);
  now += 569_000;
  expect(await refresh(tenant, first)).toEqual({
    status: 400,
    error: 'access_denied',
    error_description: 'Rate limit exceeded: access_token not expired',
  });
  now += 1_000;
  const renewed = await refresh(tenant, first);
  expect(renewed).toMatchObject({ status: 200, expires_in: 600 });
  const me = await fetch(`${tenant.origins.idpsHttps}/exact/api/v1/current/Me`, {
    headers: { authorization: `Bearer ${renewed.access_token ?? ''}` },
  });
  expect(await me.json()).toMatchObject({ d: { results: [{ UserID: id }] } });
  expect(await refresh(tenant, renewed.refresh_token ?? '')).toMatchObject({ error: 'access_denied' });
});

it('ends the whole login when a refresh token is used twice, however early', async () => {
  let now = Date.now();
  const tenant = await startTestTenant({ clock: { now: () => now } });
  const first = await signInAtExact(tenant);
  now += 570_000;
  const renewed = await refresh(tenant, first);
  expect(await refresh(tenant, first)).toMatchObject({ error: 'invalid_grant' });
  now += 570_000;
  expect(await refresh(tenant, renewed.refresh_token ?? '')).toMatchObject({ error: 'invalid_grant' });
});
