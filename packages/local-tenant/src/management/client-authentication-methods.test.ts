import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { manage, managementToken, startTestTenant } from '../../test/requests.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = {
  credential_type: 'public_key',
  pem: publicKey.export({ type: 'spki', format: 'pem' }),
  kid: 'the-key-of-a-worker',
};

/** A tenant's client with one key, and what changes the client. */
async function startWithKey() {
  const tenant = await startTestTenant();
  const token = await managementToken(tenant);
  const body = { name: 'worker', jwt_configuration: { alg: 'RS256' } };
  const made = await manage(tenant, token, '/clients', { method: 'POST', body });
  const path = `/clients/${z.object({ client_id: z.string() }).parse(made.json).client_id}`;
  const { json } = await manage(tenant, token, `${path}/credentials`, { method: 'POST', body: key });
  const { id, kid } = z.object({ id: z.string(), kid: z.string() }).parse(json);
  const patch = (changes: object) => manage(tenant, token, path, { method: 'PATCH', body: changes });
  return {
    patch,
    kid,
    methods: (ids = [id]) => ({ private_key_jwt: { credentials: ids.map((one) => ({ id: one })) } }),
  };
}

it('a client’s key has the kid that it came with', async () => {
  expect((await startWithKey()).kid).toBe(key.kid);
});

it('a client that is switched to its key takes no other method until it is switched back', async () => {
  const { patch, methods } = await startWithKey();
  const byKey = { client_authentication_methods: methods(), token_endpoint_auth_method: null };
  expect((await patch(byKey)).json).toMatchObject(byKey);
  const bySecret = { token_endpoint_auth_method: 'client_secret_post' };
  expect((await patch(bySecret)).status).toBe(400);
  expect((await patch({ ...bySecret, client_authentication_methods: null })).json).toMatchObject(bySecret);
});

it.each([
  ['a key that the client does not have', { credential: ['cred_0'], alg: 'RS256' }],
  ['another algorithm', { credential: undefined, alg: 'HS256' }],
])('a client is not switched to %s', async (_what, { credential, alg }) => {
  const { patch, methods } = await startWithKey();
  const answer = await patch({
    client_authentication_methods: methods(credential),
    token_endpoint_auth_method: null,
    jwt_configuration: { alg },
  });
  expect(answer.status).toBe(400);
});
