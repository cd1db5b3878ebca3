import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { scopes, startWithWorker } from '../../test/privileged-worker.ts';
import { callback, manage, managementToken } from '../../test/requests.ts';
import { signIn } from '../index.ts';

const denied = { status: 403, body: { error: 'access_denied' } };

describe('the registration of a privileged worker', () => {
  it.each([
    ['without an IP allowlist', { ip_allowlist: [] }],
    ['from an address that is not in it', { ip_allowlist: ['192.0.2.1', '198.51.100.0/24', '::1'] }],
    ['without grants', { grants: [] }],
    ['for a connection that is not granted', { grants: [{ connection: 'github', scopes: ['repo'] }] }],
  ])('lets nothing through %s', async (_what, access) => {
    const { sign, redeem } = await startWithWorker(access);
    expect(await redeem(await sign())).toMatchObject(denied);
  });

  it('takes ranges of addresses', async () => {
    const { sign, redeem } = await startWithWorker({ ip_allowlist: ['127.0.0.0/8'] });
    expect((await redeem(await sign())).status).toBe(200);
  });

  it('is needed at all', async () => {
    const { tenant, client, sign, redeem } = await startWithWorker();
    const changed = { token_vault_privileged_access: null };
    await manage(tenant, await managementToken(tenant), `/clients/${client.client_id}`, {
      method: 'PATCH',
      body: changed,
    });
    expect(await redeem(await sign())).toMatchObject(denied);
  });

  it.each([
    ['more than ten addresses', { ip_allowlist: Array.from({ length: 11 }, (_, i) => `192.0.2.${i}`) }],
    ['what is no address', { ip_allowlist: ['localhost'] }],
    ['a range that is none', { ip_allowlist: ['192.0.2.0/33'] }],
    ['an address without an end', { ip_allowlist: ['192.0.2.0/'] }],
    [
      'more than five connections',
      { grants: Array.from({ length: 6 }, () => ({ connection: 'google-vault', scopes: [] })) },
    ],
    [
      'more than twenty scopes',
      { grants: [{ connection: 'google-vault', scopes: 'x '.repeat(21).trim().split(' ') }] },
    ],
    ['a credential of nobody', { credentials: [{ id: 'cred_0' }] }],
  ])('is refused with %s', async (_what, access) => {
    await expect(startWithWorker(access)).rejects.toThrow('invalid_body');
  });
});

describe('scopes', () => {
  const introspect = async (origin: string, token: unknown): Promise<unknown> =>
    (await fetch(`${origin}/google-oauth2/api/tokeninfo?access_token=${String(token)}`)).json();

  it('are no more than the client was granted, though the vault holds more', async () => {
    const granted = ['openid', 'email', 'profile'];
    const { tenant, sign, redeem } = await startWithWorker({
      grants: [{ connection: 'google-vault', scopes: granted }],
    });
    const answer = await redeem(await sign());
    expect(answer).toMatchObject({ status: 200, body: { scope: 'openid email profile' } });
    expect(await introspect(tenant.origins.idpsHttp, answer.body.access_token)).toMatchObject({
      scope: 'openid email profile',
    });
  });

  it('can be fewer by the request, and the next request gets all of them still', async () => {
    const { sign, redeem, pass } = await startWithWorker();
    const fewer = await redeem(await sign(), { scope: 'openid email' });
    expect(fewer).toMatchObject({ status: 200, body: { scope: 'openid email' } });
    pass(3600);
    expect(await redeem(await sign())).toMatchObject({ status: 200, body: { scope: scopes.join(' ') } });
  });

  it.each(['https://www.googleapis.com/auth/drive', 'contacts'])(
    'that are not granted, or not there, are refused: %s',
    async (scope) => {
      const { sign, redeem } = await startWithWorker({
        grants: [{ connection: 'google-vault', scopes: [...scopes, 'contacts'] }],
      });
      expect(await redeem(await sign(), { scope })).toMatchObject(denied);
    },
  );

  it('are refused where the IdP cannot give fewer', async () => {
    const { tenant, sign, redeem } = await startWithWorker({
      grants: [{ connection: 'bitbucket', scopes: ['account'] }],
    });
    const bitbucket = tenant.database.state.connections.find(({ name }) => name === 'bitbucket');
    await manage(tenant, await managementToken(tenant), `/connections/${bitbucket?.id ?? ''}`, {
      method: 'PATCH',
      body: { options: { federated_connections_access_tokens: { active: true } } },
    });
    const { access_token: token } = await signIn({
      origin: tenant.origins.tenantHttp,
      clientId: 'spa',
      redirectUri: callback,
      as: { connection: 'bitbucket', login: 'frances-2' },
      connectionScope: 'repository',
    });
    const subject = await sign({ claims: { sub: decodeJwt(token).sub ?? '' } });
    expect(await redeem(subject, { connection: 'bitbucket' })).toMatchObject(denied);
  });
});
