import { stripVTControlCharacters } from 'node:util';
import { canary } from '@idp-relay/local-tenant';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startDoctorTenant, type DoctorTenant } from '../test/doctor-tenant.ts';
import { tenantChanges } from '../test/tenant-changes.ts';
import { managedKinds } from './deploy-cli.ts';
import { DeployError, readEnvironment, runPlanCommand, type CommandOptions } from './index.ts';
import { resourceKinds } from './plan/resource-kinds.ts';
import { readWantedResources } from './plan/wanted-resources.ts';

type State = DoctorTenant['tenant']['database']['state'];

const notHere: CommandOptions['findLocalTenant'] = () =>
  Promise.reject(new DeployError('local_tenant_missing', 'not here'));
const run = async (
  argv: readonly string[],
  options: Partial<CommandOptions> = {},
): Promise<{ readonly code: number; readonly output: string }> => {
  let output = '';
  const print = (text: string): string => (output += text);
  return {
    code: await runPlanCommand(argv, { variables: {}, print, findLocalTenant: notHere, ...options }),
    output,
  };
};
const planAfter = async (change: (state: State) => void, argv: readonly string[] = []) => {
  const { tenant, findLocalTenant } = await startDoctorTenant();
  change(tenant.database.state);
  return run(argv, { findLocalTenant });
};
const clientOf = ({ clients }: State, name: string): State['clients'][number] => {
  const found = clients.find((client) => client.name === name);
  if (found === undefined) throw new Error(`no client ${name}`);
  return found;
};

describe('the plan', () => {
  it('of a tenant that has what tenant.yaml says is empty, and counts what is somebody else’s', async () => {
    const { code, output } = await planAfter((state) => {
      state.roles.push({ id: 'theirs', name: 'Theirs', permissions: [] });
    });
    expect(output).toContain('Nothing to do. 0 to create, 0 to change, 17 left alone.');
    expect(output).toContain('Not managed, and never touched: 1 client, 1 client grant, 1 role.');
    expect(code).toBe(0);
  });

  it.each<readonly [what: string, change: (state: State) => void, expected: readonly string[]]>([
    [
      'a callback URL that somebody changed',
      (state) =>
        (clientOf(state, 'Sample Product App').callbacks = [
          'https://theirs.example',
          'http://localhost:5174',
        ]),
      [
        '~ client Sample Product App\n      callbacks: - https://theirs.example\n      callbacks: + http://localhost:8788/callback\n',
        '! client Sample Product App: callbacks would lose an item that the files do not name',
      ],
    ],
    [
      'a scope that a grant lacks',
      ({ clientGrants }) =>
        clientGrants.forEach(
          (grant) => (grant.scope = grant.scope.filter((one) => one !== 'read:user_idp_tokens')),
        ),
      ['~ client grant IdP Relay API for https://localhost', '      scope: + read:user_idp_tokens\n'],
    ],
    [
      'a permission that a role lacks',
      ({ roles }) =>
        roles.forEach(
          (role) => (role.permissions = role.permissions.filter((one) => one.permission_name !== 'call:idp')),
        ),
      ['~ role IdP Relay User\n      permissions: + ', '"permission_name":"call:idp"'],
    ],
    [
      'a permission that somebody gave a role',
      ({ roles, resourceServers }) => {
        resourceServers.push({ id: 'x', identifier: 'https://theirs.example', scopes: [{ value: 'see' }] });
        roles
          .find(({ name }) => name === 'IdP Relay User')
          ?.permissions.push({
            permission_name: 'see',
            resource_server_identifier: 'https://theirs.example',
          });
      },
      ['! role IdP Relay User: permissions would lose an item', 'permissions: - {"permission_name":"see"'],
    ],
    [
      'a permission that was taken from the API',
      ({ resourceServers }) =>
        resourceServers.forEach(
          (server) => (server.scopes = server.scopes?.filter(({ value }) => value !== 'revoke:identities')),
        ),
      ['~ API IdP Relay\n      scopes: + {"value":"revoke:identities"'],
    ],
    [
      'another description of a permission',
      ({ resourceServers }) =>
        resourceServers
          .find(({ name }) => name === 'IdP Relay')
          ?.scopes?.forEach((scope) => (scope.description = 'Theirs')),
      ['      scopes[call:idp].description: Theirs → Call an IdP as oneself\n'],
    ],
    [
      'a setting within a setting',
      (state) => (clientOf(state, 'IdP Relay Dashboard').refresh_token = { rotation_type: 'non-rotating' }),
      [
        'refresh_token.rotation_type: non-rotating → rotating\n',
        'refresh_token.token_lifetime: (not set) → 86400\n',
      ],
    ],
    [
      'a dependency that somebody gave the Action',
      ({ actions }) => {
        const dependencies = [{ name: 'jose', version: '6.1.0' }];
        for (const action of actions)
          for (const content of [action, ...action.versions]) content.dependencies = dependencies;
      },
      [
        '~ Action IdP Relay\n      dependencies: - {"name":"jose"',
        '! Action IdP Relay: dependencies would lose an item that the files do not name',
      ],
    ],
    [
      'what is not there',
      (state) => (state.roles = []),
      ['Would be created\n  + role IdP Relay Operator\n', '3 to create, 0 to change, 14 left alone.'],
    ],
    [
      'two clients of one name',
      ({ clients }) => clients.push({ client_id: 'twin', name: 'IdP Relay Dashboard' }),
      ['! client IdP Relay Dashboard: name is there more than once'],
    ],
  ])('tells %s', async (_what, change, expected) => {
    const { code, output } = await planAfter(change);
    for (const text of expected) expect(output).toContain(text);
    expect(output).not.toContain('Nothing to do');
    expect(code).toBe(1);
  });

  // Keys and tokens are not compared.
  const unseen = new Set(['the worker’s key no longer counts', 'the log stream brings another token']);
  const seen = Object.entries(tenantChanges).filter(([what]) => !unseen.has(what));
  it.each(seen)('is not empty after: %s', async (_what, change) => {
    expect((await planAfter(change)).code).toBe(1);
  });

  it('sees no difference in the order of lists, nor in what says nothing', async () => {
    const { code, output } = await planAfter((state) => {
      clientOf(state, 'Sample Product App').callbacks?.reverse();
      for (const role of state.roles) role.permissions.reverse();
      for (const server of state.resourceServers) server.scopes?.reverse();
    });
    expect(output).toContain('Nothing to do');
    expect(code).toBe(0);
  });

  it('speaks JSON, without a secret', async () => {
    const { output } = await planAfter(
      (state) => {
        for (const client of state.clients)
          if (client.name !== 'Deploy CLI') client.client_secret = `${canary}-of-a-client`;
        state.roles = state.roles.filter(({ name }) => name !== 'IdP Relay User');
        clientOf(state, 'Sample Backend').description = 'Theirs\u001b[2J';
      },
      ['--json'],
    );
    const Json = z.object({
      environment: z.literal('local'),
      create: z.array(z.object({ kind: z.string(), name: z.string() })),
      change: z.array(z.object({ name: z.string(), changes: z.array(z.unknown()) })),
      notManaged: z.record(z.string(), z.number()),
    });
    const { create, change } = Json.parse(JSON.parse(output));
    expect(create).toEqual([{ kind: 'role', name: 'IdP Relay User' }]);
    expect(change).toEqual([
      {
        name: 'Sample Backend',
        changes: [
          {
            how: 'set',
            field: 'description',
            from: 'Theirs\u001b[2J',
            to: 'Calls IdPs through the relay for any user',
          },
        ],
      },
    ]);
    expect(output).not.toContain(canary);
  });

  it('is coloured on a terminal alone, and lets no name in the tenant move its cursor', async () => {
    const { tenant, findLocalTenant } = await startDoctorTenant();
    clientOf(tenant.database.state, 'Sample Backend').description = 'Theirs\u001b[2J';
    const plain = await run([], { findLocalTenant });
    expect(plain.output).toContain('Theirs\u{fffd}[2J');
    expect(plain.output).not.toContain('\u001b');
    const coloured = await run([], { findLocalTenant, isTerminal: true });
    expect(coloured.output).toContain('\u001b[33m');
    expect(stripVTControlCharacters(coloured.output)).toBe(plain.output);
  });

  it('only reads', async () => {
    const { tenant, findLocalTenant } = await startDoctorTenant();
    await run([], { findLocalTenant });
    expect(tenant.faults.count('management', { method: 'GET' })).toBeGreaterThan(0);
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'])
      expect(tenant.faults.count('management', { method })).toBe(0);
  });

  it('tells progress apart from the result: in one line on a terminal, line by line elsewhere', async () => {
    const { findLocalTenant } = await startDoctorTenant();
    const progressOf = async (isTerminal: boolean): Promise<string> => {
      let progress = '';
      const write = (text: string): string => (progress += text);
      await run([], { findLocalTenant, progress: { write, isTerminal } });
      return progress;
    };
    expect(await progressOf(false)).toBe(
      ['resourceServers', 'clients', 'clientGrants', 'roles', 'actions', 'triggers', 'logStreams']
        .map((kind) => `  Reading ${kind}\n`)
        .join(''),
    );
    const changing = await progressOf(true);
    expect(changing).toContain('\r\u001b[2KReading clients …');
    expect(changing.endsWith('\r\u001b[2K')).toBe(true);
  });
});

describe('every kind of resource', () => {
  it('that a deployment looks at can be compared', () => {
    expect(Object.keys(resourceKinds)).toEqual(expect.arrayContaining([...managedKinds]));
    expect([...readWantedResources(readEnvironment('local')).keys()]).not.toEqual([]);
  });
});

describe('where it could not look', () => {
  it('exits 2 and names the scope that the deploy client lacks', async () => {
    const { code, output } = await planAfter(({ clientGrants }) => {
      for (const grant of clientGrants) grant.scope = grant.scope.filter((one) => one !== 'read:roles');
    });
    expect(output).toMatch(/^The deploy client lacks a scope at localhost:\d+: grant it read:roles/);
    expect(code).toBe(2);
  });

  it.each<readonly [argv: readonly string[], expected: string]>([
    [['--frobnicate'], '--env NAME'],
    [['--env', 'nowhere'], 'There is no tenant/environments/nowhere.json'],
    [['--env', 'production'], 'Set AUTH0_DEPLOY_CLIENT_ID and AUTH0_DEPLOY_CLIENT_SECRET'],
    [['--env', 'development', '--port-offset', '1000'], '--port-offset goes with the local tenant alone'],
    [[], 'not here'],
  ])('%j: exits 2 and says why, in JSON too', async (argv, expected) => {
    const { code, output } = await run(argv);
    expect(output).toContain(expected);
    expect(code).toBe(2);
    const json = await run([...argv, '--json']);
    expect(json.code).toBe(2);
    const { error } = z
      .object({ error: z.object({ code: z.string(), message: z.string() }) })
      .parse(JSON.parse(json.output));
    expect(error.code).not.toBe('unforeseen');
  });
});
