import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askGoogle, createVault, radia } from '../test/vault.ts';
import { DeployError, readEnvironment, type Environment } from './index.ts';
import { readManagedResources } from './managed-resources.ts';
import { bringUpWorker } from './vault-worker.ts';
import { readOrMakeWorkerKey, type WorkerKey } from './worker-key.ts';

const access = {
  ip_allowlist: ['127.0.0.1', '::1'],
  grants: [{ connection: 'google-vault', scopes: ['openid', 'email'] }],
};

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A tenant with the worker's client as auth0-deploy-cli leaves it. */
async function start() {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const { state } = tenant.database;
  state.clients.push({
    client_id: 'worker',
    name: 'IdP Relay Token Vault Worker',
    app_type: 'non_interactive',
    client_secret: 'of no use',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token'],
    is_first_party: true,
    oidc_conformant: true,
    jwt_configuration: { alg: 'RS256' },
  });
  const environment: Environment = { ...readEnvironment('local'), domain: tenant.domain };
  const folder = newFolder();
  const newKey = (name: string): WorkerKey => readOrMakeWorkerKey(join(folder, name));
  const progress: string[] = [];
  const { bootstrap: credentials } = tenant;
  const bringUp = async (key: WorkerKey, wanted = access): Promise<boolean> =>
    bringUpWorker({
      environment,
      credentials,
      fetch: globalThis.fetch,
      resources: await readManagedResources(environment, credentials, globalThis.fetch),
      key,
      access: wanted,
      onProgress: (line) => progress.push(line),
    });
  const client = () => state.clients.find(({ client_id: id }) => id === 'worker');
  return { tenant, newKey, bringUp, progress, client };
}

/** What the relay gets with this key, for the user whose token the vault has. */
async function whoseToken(tenant: LocalTenant, { file: keyFile, keyId }: WorkerKey): Promise<unknown> {
  const worker = { clientId: 'worker', keyFile, keyId };
  const vault = createVault(tenant, { clientId: 'none', clientSecret: 'none', worker });
  const answer = await vault.token({ userId: radia.userId, connection: 'google-vault', notBefore: 0 });
  return answer.found ? askGoogle(tenant, answer.tokenSet) : answer.reason;
}

describe('the privileged worker', () => {
  it('gets its key and its access once, and the vault opens to it', async () => {
    const { tenant, newKey, bringUp, progress, client } = await start();
    const key = newKey('key.pem');
    await expect(whoseToken(tenant, key)).rejects.toThrow();
    expect(await bringUp(key)).toBe(true);
    expect(await whoseToken(tenant, key)).toMatchObject({ sub: radia.idpUserId });
    expect(client()).toMatchObject({
      token_endpoint_auth_method: null,
      token_vault_privileged_access: access,
      credentials: [{ kid: key.keyId }],
    });
    expect(progress).toHaveLength(1);

    tenant.faults.resetCounts();
    expect(await bringUp(key)).toBe(false);
    const written = ['POST', 'PATCH', 'DELETE'].map((method) =>
      tenant.faults.count('management', { method }),
    );
    expect(written).toEqual([0, 0, 0]);
  });

  it('is brought back to the environment’s word', async () => {
    const { newKey, bringUp, client } = await start();
    const key = newKey('key.pem');
    await bringUp(key);
    const credentials = client()?.credentials;
    const wanted = { ...access, ip_allowlist: ['203.0.113.0/24'] };
    expect(await bringUp(key, wanted)).toBe(true);
    expect(client()).toMatchObject({ token_vault_privileged_access: wanted, credentials });
  });

  it('takes a second key beside the first, and a third only once one is gone', async () => {
    const { tenant, newKey, bringUp } = await start();
    const [first, second] = [newKey('first.pem'), newKey('second.pem')];
    await bringUp(first);
    expect(await bringUp(second)).toBe(true);
    for (const key of [first, second])
      expect(await whoseToken(tenant, key)).toMatchObject({ sub: radia.idpUserId });
    expect(await bringUp(second)).toBe(false);
    await expect(bringUp(newKey('third.pem'))).rejects.toThrow('has 2 keys, and none is that of');
  });

  it.each([
    'read:client_credentials',
    'create:client_credentials',
    'update:client_credentials',
    'update:client_token_vault_privileged_access',
  ])('needs %s, and says so', async (scope) => {
    const { tenant, newKey, bringUp } = await start();
    const { bootstrap, database } = tenant;
    const grant = database.state.clientGrants.find(({ client_id: id }) => id === bootstrap.clientId);
    if (grant) grant.scope = grant.scope.filter((one) => one !== scope);
    await expect(bringUp(newKey('key.pem'))).rejects.toMatchObject({
      code: 'scope_missing',
      message: expect.stringContaining(`grant it ${scope} on the Management API`) as unknown,
    });
  });

  it('says what the tenant does not take', async () => {
    const { tenant, newKey, bringUp } = await start();
    const message = 'Additional properties not allowed: token_vault_privileged_access';
    tenant.faults.add('management', {
      pathPrefix: '/api/v2/clients/worker/credentials',
      status: 400,
      body: JSON.stringify({ statusCode: 400, error: 'Bad Request', message }),
      headers: { 'content-type': 'application/json' },
    });
    await expect(bringUp(newKey('key.pem'))).rejects.toMatchObject({
      code: 'configuration_refused',
      message: expect.stringMatching(/Additional properties.*leave token_vault.worker out/) as unknown,
    });
  });
});

describe('the worker’s key', () => {
  it('is made once, for its owner’s eyes', () => {
    const file = join(newFolder(), 'deeper', 'key.pem');
    const made = readOrMakeWorkerKey(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
    expect(made.publicKeyPem).toContain('BEGIN PUBLIC KEY');
    expect(readOrMakeWorkerKey(file)).toEqual(made);
  });

  it.each(['nonsense', '-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n'])(
    'is refused, and left alone, where it is none: %j',
    (text) => {
      const file = join(newFolder(), 'key.pem');
      writeFileSync(file, text);
      expect(() => readOrMakeWorkerKey(file)).toThrow(DeployError);
      expect(() => readOrMakeWorkerKey(file)).toThrow('is not an RSA private key');
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});
