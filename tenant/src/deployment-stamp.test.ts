import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '@idp-relay/idp-tokens';
import { putAction } from '../test/put-action.ts';
import { putLogStream } from '../test/put-log-stream.ts';
import { tenantChanges } from '../test/tenant-changes.ts';
import { deploymentStamp } from './deployment-stamp.ts';
import { readEnvironment, type Environment } from './index.ts';
import { describeLogStream } from './log-stream-deployment.ts';
import { readManagedResources, type ManagedResources } from './managed-resources.ts';

let tenant: LocalTenant;
let environment: Environment;

beforeAll(async () => {
  tenant = await startLocalTenant({ plan: 'unlimited' });
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  environment = { ...readEnvironment('local'), domain: tenant.domain };
  const audience = environment.keywords.RELAY_AUDIENCE;
  // As a deployment leaves it, in short.
  const { clients, clientGrants, resourceServers, roles } = tenant.database.state;
  clients.push(
    { client_id: 'relay', name: 'IdP Relay API', client_secret: 'as it was' },
    {
      client_id: 'product',
      name: 'Sample Product App',
      callbacks: ['https://one.example', 'https://two.example'],
    },
    {
      client_id: 'worker',
      name: 'IdP Relay Token Vault Worker',
      client_authentication_methods: { private_key_jwt: { credentials: [{ id: 'cred_1' }] } },
    },
    { client_id: 'theirs', name: 'Somebody else’s', callbacks: ['https://theirs.example'] },
  );
  clientGrants.push(
    { id: 'cgr_1', client_id: 'relay', audience: `https://${tenant.domain}/api/v2/`, scope: ['read:users'] },
    { id: 'cgr_2', client_id: 'product', audience, scope: ['call:idp_for_users'] },
  );
  const scopes = ['call:idp', 'inspect:identities'].map((value) => ({ value }));
  resourceServers.push({
    id: 'rs_1',
    identifier: audience,
    name: 'IdP Relay',
    enforce_policies: true,
    scopes,
  });
  const permission = { resource_server_identifier: audience, permission_name: 'call:idp' };
  roles.push(
    { id: 'rol_1', name: 'IdP Relay User', permissions: [permission] },
    { id: 'rol_2', name: 'IdP Relay Auditor', permissions: [] },
  );
  await putAction(tenant);
  putLogStream(tenant, environment);
});
afterAll(() => tenant.close());

describe('the stamp', () => {
  const read = (): Promise<ManagedResources> =>
    readManagedResources(environment, tenant.bootstrap, globalThis.fetch);
  const stamp = async (): Promise<string> => deploymentStamp(environment, 'a', await read());

  it('changes with the environment and with the tenant', async () => {
    const resources = await read();
    const before = deploymentStamp(environment, 'a', resources);
    expect(deploymentStamp(environment, 'a', resources)).toBe(before);
    expect(deploymentStamp(environment, 'b', resources)).not.toBe(before);
    expect(deploymentStamp({ ...environment, custom_domains: [] }, 'a', resources)).not.toBe(before);
  });
  it('changes with the Action’s code and secret, and with the log stream’s address and token', async () => {
    const resources = await read();
    const action = { code: 'one', relayUrl: 'https://relay.example', noticeSecret: new Secret('a') };
    const stream = describeLogStream('https://relay.example', '');
    const logStream = { stream, token: new Secret('a') };
    const others = [
      { action, logStream },
      { action: { ...action, code: 'two' }, logStream },
      { action: { ...action, noticeSecret: new Secret('b') }, logStream },
      { action, logStream: { ...logStream, token: new Secret('b') } },
      { action, logStream: { ...logStream, stream: describeLogStream('https://other.example', '') } },
      { action },
      { logStream },
      undefined,
    ];
    const stamps = others.map((other) => deploymentStamp(environment, 'a', resources, other));
    expect(new Set(stamps).size).toBe(others.length);
    expect(deploymentStamp(environment, 'a', resources, { action: { ...action }, logStream })).toBe(
      stamps[0],
    );
  });
  it('reads no Actions and no log streams for an environment without the relay’s', async () => {
    const { post_login_action: _action, log_stream: _stream, ...without } = environment;
    tenant.faults.resetCounts();
    const { actions, logStreams } = await readManagedResources(without, tenant.bootstrap, globalThis.fetch);
    expect({ actions, logStreams }).toEqual({ actions: [], logStreams: [] });
    expect(tenant.faults.count('management', { pathPrefix: '/api/v2/actions' })).toBe(0);
    expect(tenant.faults.count('management', { pathPrefix: '/api/v2/log-streams' })).toBe(0);
    expect((await read()).logStreams).toMatchObject([{ name: 'IdP Relay' }]);
    expect((await read()).actions).toMatchObject([{ name: 'IdP Relay', isBound: true }]);
  });
  it('changes with each change in the tenant', async () => {
    const kept = structuredClone(tenant.database.state);
    const stamps = new Set([await stamp()]);
    for (const change of Object.values(tenantChanges)) {
      change(tenant.database.state);
      stamps.add(await stamp());
      Object.assign(tenant.database.state, structuredClone(kept));
    }
    expect(stamps.size).toBe(1 + Object.keys(tenantChanges).length);
  });
  it('does not change with secrets, with the order of things, nor with what is somebody else’s', async () => {
    const kept = structuredClone(tenant.database.state);
    const before = await stamp();
    const { clients, roles, resourceServers, actions } = tenant.database.state;
    for (const client of clients) if (client.name === 'IdP Relay API') client.client_secret = 'rotated';
    for (const client of clients) if (client.client_id === 'theirs') client.callbacks = [];
    for (const server of resourceServers) server.scopes?.reverse();
    for (const { secrets } of actions) for (const secret of secrets) secret.value = 'another';
    clients.reverse();
    roles.reverse();
    expect(await stamp()).toBe(before);
    Object.assign(tenant.database.state, kept);
  });
});
