import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newKeys, pemOf, scopes, startWithWorker, vaultType } from '../../test/privileged-worker.ts';
import { manage, managementToken, postToken } from '../../test/requests.ts';
import { askGoogle, radia } from '../../test/vault-clients.ts';

const invalid = { status: 401, body: { error: 'invalid_grant' } };

describe('a privileged worker', () => {
  it('gets a user’s token by a request that it signed', async () => {
    const { tenant, sign, redeem } = await startWithWorker();
    const answer = await redeem(await sign());
    expect(answer).toMatchObject({
      status: 200,
      json: {
        scope: scopes.join(' '),
        expires_in: 899,
        issued_token_type: vaultType,
        token_type: 'Bearer',
      },
    });
    expect(await askGoogle(tenant, answer.body.access_token)).toMatchObject({ sub: radia.idpUserId });
    expect(tenant.logs.at(-1)).toMatchObject({
      type: 'seta',
      user_id: radia.userId,
      connection: 'google-vault',
      details: { audit_context: 'a test', is_privileged_worker: true, issued_token_type: vaultType },
    });
    expect(JSON.stringify(tenant.logs)).not.toContain(answer.body.access_token);
    await redeem('nonsense');
    expect(tenant.logs.at(-1)).toMatchObject({ type: 'feta', details: { is_privileged_worker: false } });
  });

  it('may authenticate by private_key_jwt, as Auth0 advises', async () => {
    const { tenant, client, sign, nowSeconds } = await startWithWorker();
    const { privateKey, publicKey } = newKeys();
    const path = `/clients/${client.client_id}`;
    const token = await managementToken(tenant);
    const credential = { credential_type: 'public_key', pem: pemOf(publicKey), alg: 'RS256' };
    await manage(tenant, token, `${path}/credentials`, { method: 'POST', body: credential });
    const changed = { token_endpoint_auth_method: 'private_key_jwt' };
    await manage(tenant, token, path, { method: 'PATCH', body: changed });
    const assertion = () =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(client.client_id)
        .setSubject(client.client_id)
        .setAudience(`${tenant.origins.tenantHttp}/`)
        .setIssuedAt(nowSeconds())
        .setExpirationTime('1m')
        .sign(privateKey);
    const form = {
      grant_type: 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      requested_token_type: vaultType,
      connection: 'google-vault',
    };
    const post = async (subject_token: string) =>
      postToken(tenant, { ...form, client_assertion: await assertion(), subject_token });
    expect((await post(await sign())).status).toBe(200);
    // The key that authenticates the client was not registered to sign requests to the vault.
    expect(await post(await sign({ key: privateKey }))).toMatchObject(invalid);
  });

  it('keeps the keys of its registration among its credentials, and out of every answer', async () => {
    const { tenant, client } = await startWithWorker();
    const { json } = await manage(
      tenant,
      await managementToken(tenant),
      `/clients/${client.client_id}/credentials`,
    );
    const [credential] = z.array(z.looseObject({ id: z.string(), kid: z.string() })).parse(json);
    expect(client.token_vault_privileged_access).toMatchObject({ credentials: [{ id: credential?.id }] });
    expect(JSON.stringify([client, json])).not.toContain('PUBLIC KEY');
  });

  it('names its key by kid, or not at all', async () => {
    const { tenant, client, sign, redeem } = await startWithWorker();
    const { json } = await manage(
      tenant,
      await managementToken(tenant),
      `/clients/${client.client_id}/credentials`,
    );
    const kid = z.array(z.looseObject({ kid: z.string() })).parse(json)[0]?.kid ?? '';
    expect((await redeem(await sign({ header: { kid } }))).status).toBe(200);
    expect(await redeem(await sign({ header: { kid: 'another' } }))).toMatchObject(invalid);
  });
});

describe('a signed request is refused', () => {
  it.each([
    ['the second time', undefined],
    ['with another typ', { header: { typ: 'JWT' } }],
    ['signed by a key that is not registered', { key: newKeys().privateKey }],
    ['of another issuer', { claims: { iss: 'somebody' } }],
    ['for another tenant', { claims: { aud: 'https://other.example/' } }],
    ['without a user', { claims: { sub: undefined } }],
    ['without a jti', { claims: { jti: undefined } }],
    ['without a moment of issue', { claims: { iat: undefined } }],
    ['from the future', { claims: { iat: 32_503_680_000 } }],
    ['that has ended', { claims: { exp: 1 } }],
    ['without a reason', { claims: { audit_context: undefined } }],
    ['with an empty reason', { claims: { audit_context: '' } }],
    ['with too long a reason', { claims: { audit_context: 'x'.repeat(257) } }],
    ['within an organization', { claims: { org_id: 'org_1' } }],
  ])('%s', async (_what, options) => {
    const { sign, redeem } = await startWithWorker();
    const token = await sign(options);
    if (options === undefined) expect((await redeem(token)).status).toBe(200);
    expect(await redeem(token)).toMatchObject(invalid);
  });

  it('when it is older than a minute, whatever its end', async () => {
    const { sign, redeem, pass, nowSeconds } = await startWithWorker();
    const token = await sign({ claims: { exp: nowSeconds() + 3600 } });
    const fresh = await sign();
    pass(60);
    expect((await redeem(fresh)).status).toBe(200);
    pass(1);
    expect(await redeem(token)).toMatchObject(invalid);
  });

  it('for a user who has no account of the connection', async () => {
    const { sign, redeem } = await startWithWorker();
    for (const sub of ['github|1001', 'github|nobody']) {
      expect(await redeem(await sign({ claims: { sub } }))).toMatchObject({
        status: 401,
        body: { error: 'federated_connection_refresh_token_not_found' },
      });
    }
  });

  it('when another kind of token is asked for', async () => {
    const { sign, redeem } = await startWithWorker();
    const requested_token_type = 'http://auth0.com/oauth/token-type/federated-connection-access-token';
    expect(await redeem(await sign(), { requested_token_type })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });
});
