import { expect, it } from 'vitest';
import { startTestTenant } from '../../test/requests.ts';

it('an answer can repeat what the request bore, as careless servers do, in body and headers', async () => {
  const tenant = await startTestTenant();
  const fault = {
    service: 'authentication',
    path_prefix: '/oauth/token',
    status: 400,
    headers: { 'content-type': 'application/json', 'x-repeats': 'to {request}' },
    body: '{"error":"invalid_grant","error_description":"Not with {request}."}',
    times: 1,
  };
  const added = await fetch(`${tenant.controlOrigin}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  expect(added.status).toBe(204);
  const ask = () =>
    fetch(`${tenant.origins.tenantHttp}/oauth/token?tenant=t`, {
      method: 'POST',
      headers: { authorization: 'Basic the-credentials' },
      body: '{"client_secret":"the\nsecret"}',
    });
  const response = await ask();
  expect(response.status).toBe(400);
  const repeated = 'Basic the-credentials tenant=t {"client_secret":"the\nsecret"}';
  expect(await response.json()).toEqual({
    error: 'invalid_grant',
    error_description: `Not with ${repeated}.`,
  });
  expect(response.headers.get('x-repeats')).toBe(`to ${JSON.stringify(repeated).slice(1, -1)}`);
  expect((await (await ask()).text()).includes('the-credentials')).toBe(false);
});
