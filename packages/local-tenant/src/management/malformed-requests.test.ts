import { expect, it } from 'vitest';
import { manage, managementToken, readAnswer, startTestTenant } from '../../test/requests.ts';

const checkpoint = (text: string): string => Buffer.from(text).toString('base64url');

it.each(['garbage', '', checkpoint('-1'), checkpoint('1.5'), checkpoint('2 '), checkpoint('NaN')])(
  'a checkpoint that the tenant never gave is refused: from=%s',
  async (from) => {
    const tenant = await startTestTenant();
    const answer = await manage(tenant, await managementToken(tenant), `/clients?from=${from}`);
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_query_string' } });
  },
);

it('a checkpoint that the tenant gave leads to the rest', async () => {
  const tenant = await startTestTenant();
  const token = await managementToken(tenant);
  const first = await manage(tenant, token, '/clients?take=2');
  const rest = await manage(tenant, token, `/clients?take=2&from=${String(first.body.next)}`);
  expect(rest).toMatchObject({ status: 200, body: { clients: [{ client_id: 'machine' }] } });
});

it.each([
  ['malformed JSON', 'application/json', '{"name":', 400, 'Bad Request'],
  ['no JSON at all', 'application/json', '', 400, 'Bad Request'],
  ['a kind of body that is not taken', 'application/xml', 'name=x', 415, 'Unsupported Media Type'],
])('%s is refused in Auth0’s shape', async (_what, type, body, status, error) => {
  const tenant = await startTestTenant();
  const answer = await readAnswer(
    await fetch(`${tenant.origins.tenantHttps}/api/v2/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await managementToken(tenant)}`, 'content-type': type },
      body,
    }),
  );
  expect(answer).toMatchObject({ status, body: { statusCode: status, error } });
  expect(answer.body).not.toHaveProperty('code');
});
