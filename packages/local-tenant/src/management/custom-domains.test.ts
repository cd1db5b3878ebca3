import { expect, it } from 'vitest';
import { manage, managementToken, startTestTenant } from '../../test/requests.ts';

it('a custom domain is made, verified and deleted, each under its own scope', async () => {
  const tenant = await startTestTenant();
  const ask = async (scope: string, method: string, path: string, body?: unknown) =>
    manage(tenant, await managementToken(tenant, [scope]), path, {
      method,
      ...(body !== undefined && { body }),
    });
  const body = { domain: 'login.example.com', type: 'auth0_managed_certs' };
  const made = await ask('create:custom_domains', 'POST', '/custom-domains', body);
  expect(made).toMatchObject({ status: 201, body: { ...body, status: 'pending_verification' } });
  const path = `/custom-domains/${String(made.body.custom_domain_id)}`;
  expect(await ask('create:custom_domains', 'POST', '/custom-domains', body)).toMatchObject({
    status: 409,
    body: { errorCode: 'custom_domain_conflict' },
  });
  expect(await ask('create:custom_domains', 'POST', `${path}/verify`)).toMatchObject({
    status: 200,
    body: { status: 'ready' },
  });
  expect((await ask('read:custom_domains', 'GET', '/custom-domains')).json).toMatchObject([
    { ...body, status: 'ready' },
  ]);
  expect((await ask('read:custom_domains', 'DELETE', path)).body.message).toBe(
    'Insufficient scope, expected any of: delete:custom_domains',
  );
  expect((await ask('delete:custom_domains', 'DELETE', path)).status).toBe(204);
  expect((await ask('read:custom_domains', 'GET', path)).body).toMatchObject({
    errorCode: 'inexistent_custom_domain',
  });
  const url = { ...body, domain: 'https://login.example.com' };
  expect((await ask('create:custom_domains', 'POST', '/custom-domains', url)).body.message).toMatch(
    /must be a host name/,
  );
});
