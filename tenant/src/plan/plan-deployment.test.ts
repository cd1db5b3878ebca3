import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { canary, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../environment.ts';
import { openTenantReader } from '../open-tenant-reader.ts';
import type { Plan } from './plan.ts';
import { planDeployment } from './plan-deployment.ts';
import type { Resource } from './resource.ts';

const now = '2026-01-01T00:00:00.000Z';
const code = 'exports.onExecutePostLogin = async (event, api) => {\n  // v1\n};\n';

/** A tenant with two Actions that are bound, a log stream, and a connection with options of its own. */
async function startTenant(): Promise<LocalTenant> {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const { state } = tenant.database;
  const content = {
    code,
    runtime: 'node22',
    dependencies: [{ name: 'jose', version: '6.1.0' }],
    secrets: [{ name: 'RELAY_SECRET', value: canary, updated_at: now }],
  };
  for (const [id, name] of Object.entries({ a1: 'Ours', a2: 'Theirs' })) {
    state.actions.push({
      ...content,
      id,
      name,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      created_at: now,
      updated_at: now,
      all_changes_deployed: true,
      deployed_version_id: 'v1',
      versions: [{ ...content, id: 'v1', number: 1, created_at: now }],
    });
    state.actionBindings.push({
      id: `b-${id}`,
      trigger_id: 'post-login',
      action_id: id,
      display_name: name,
      created_at: now,
      updated_at: now,
    });
  }
  state.logStreams.push({
    id: 'ls1',
    name: 'Ours',
    type: 'http',
    status: 'active',
    sink: {
      httpEndpoint: 'https://relay.example/logs',
      httpAuthorization: `${canary}-authorization`,
      httpCustomHeaders: [{ header: 'x-key', value: `${canary}-header` }],
    },
  });
  state.connections.push({
    id: 'con_1',
    name: 'acme',
    strategy: 'waad',
    options: {
      client_id: 'at-entra',
      client_secret: `${canary}-of-a-connection`,
      tenant_domain: 'acme.example',
      ext_access_token: true,
      scope: ['openid'],
    },
    enabled_clients: [tenant.bootstrap.clientId],
  });
  return tenant;
}

const planOf = (
  { domain, bootstrap }: LocalTenant,
  kind: string,
  wanted: readonly Resource[],
): Promise<Plan> =>
  planDeployment(
    openTenantReader({ environment: { ...readEnvironment('local'), domain }, credentials: bootstrap }),
    new Map([[kind, wanted]]),
    () => undefined,
  );
const quiet = { create: [], change: [], warnings: [] };

describe('Actions', () => {
  const action = {
    name: 'Ours',
    code,
    runtime: 'node22',
    deployed: true,
    dependencies: [{ name: 'jose', version: '6.1.0' }],
    secrets: [{ name: 'RELAY_SECRET', value: '' }],
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  };

  it('are compared but for their secrets, which no tenant shows', async () => {
    const plan = await planOf(await startTenant(), 'actions', [action]);
    expect(plan).toMatchObject({
      ...quiet,
      notCompared: [
        {
          kind: 'Action',
          name: 'Ours',
          field: 'secrets[RELAY_SECRET].value',
          reason: expect.any(String) as unknown,
        },
      ],
      notManaged: { Action: 1 },
    });
  });

  it('differ in code, in what they need, and by not being deployed', async () => {
    const tenant = await startTenant();
    const [first] = tenant.database.state.actions;
    if (first) first.all_changes_deployed = false;
    const wanted = {
      ...action,
      code: code.replace('v1', 'v2'),
      dependencies: [{ name: 'jose', version: '7.0.0' }],
      secrets: [
        { name: 'RELAY_SECRET', value: '' },
        { name: 'ANOTHER', value: `${canary}-wanted` },
      ],
    };
    const plan = await planOf(tenant, 'actions', [wanted]);
    expect(plan.change[0]?.changes).toEqual([
      { how: 'text', field: 'code', line: 2 },
      { how: 'set', field: 'deployed', to: true },
      { how: 'set', field: 'dependencies[jose].version', from: '6.1.0', to: '7.0.0' },
      { how: 'items', field: 'secrets', added: [{ name: 'ANOTHER', value: '<secret>' }], removed: [] },
    ]);
    expect(JSON.stringify(plan)).not.toContain(canary);
  });

  it('are bound beside those that somebody bound, in whatever order', async () => {
    const tenant = await startTenant();
    const trigger = { name: 'post-login', bindings: [{ action_name: 'Ours' }] };
    expect(await planOf(tenant, 'triggers', [trigger])).toMatchObject(quiet);
    const { state } = tenant.database;
    state.actionBindings = state.actionBindings.filter((binding) => binding.action_id !== 'a1');
    const unbound = await planOf(tenant, 'triggers', [trigger]);
    expect(unbound.change[0]?.changes).toEqual([
      { how: 'items', field: 'bindings', added: [{ action_name: 'Ours' }], removed: [] },
    ]);
    expect(unbound.warnings).toEqual([]);
  });
});

describe('log streams', () => {
  const sink = { httpEndpoint: 'https://relay.example/logs', httpAuthorization: '' };

  it('tell of headers that would be lost, and show no secret', async () => {
    const plan = await planOf(await startTenant(), 'logStreams', [{ name: 'Ours', type: 'http', sink }]);
    expect(plan.warnings).toMatchObject([{ name: 'Ours', field: 'sink.httpCustomHeaders' }]);
    expect(plan.notCompared).toMatchObject([{ field: 'sink.httpAuthorization' }]);
    expect(JSON.stringify(plan)).not.toContain(canary);
  });

  it('tell that a secret differs, and not what it is', async () => {
    const wanted = { name: 'Ours', sink: { ...sink, httpAuthorization: `${canary}-another` } };
    const { change } = await planOf(await startTenant(), 'logStreams', [wanted]);
    expect(change[0]?.changes).toContainEqual({ how: 'secret', field: 'sink.httpAuthorization' });
    expect(JSON.stringify(change)).not.toContain(canary);
  });
});

describe('connections', () => {
  it('warn of a secret and of options that would be lost', async () => {
    const wanted = { name: 'acme', strategy: 'waad', options: { client_id: 'at-entra', scope: ['openid'] } };
    const plan = await planOf(await startTenant(), 'connections', [wanted]);
    expect(plan.change[0]?.changes).toEqual([
      { how: 'lost', field: 'options.client_secret', from: '<secret>' },
      { how: 'lost', field: 'options.tenant_domain', from: 'acme.example' },
      { how: 'lost', field: 'options.ext_access_token', from: true },
    ]);
    expect(plan.warnings.map(({ field }) => field)).toEqual([
      'options.client_secret',
      'options.tenant_domain',
      'options.ext_access_token',
    ]);
    expect(JSON.stringify(plan)).not.toContain(canary);
  });

  it('name their clients as the files do', async () => {
    const tenant = await startTenant();
    const wanted = { name: 'acme', strategy: 'waad', enabled_clients: ['Deploy CLI'] };
    expect(await planOf(tenant, 'connections', [wanted])).toMatchObject(quiet);
  });
});

describe('keys of clients', () => {
  it('are not compared, since a tenant shows their ids alone', async () => {
    const tenant = await startTenant();
    tenant.database.state.clients.push({
      client_id: 'worker',
      name: 'Worker',
      client_authentication_methods: { private_key_jwt: { credentials: [{ id: 'cred_1' }] } },
    });
    const wanted = {
      name: 'Worker',
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ credential_type: 'public_key', pem: 'x' }] },
      },
    };
    const plan = await planOf(tenant, 'clients', [wanted]);
    expect(plan).toMatchObject(quiet);
    expect(plan.notCompared).toMatchObject([
      { field: 'client_authentication_methods.private_key_jwt.credentials' },
    ]);
  });
});
