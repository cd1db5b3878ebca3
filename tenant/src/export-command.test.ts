import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canary } from '@idp-relay/local-tenant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { startDoctorTenant } from '../test/doctor-tenant.ts';
import { readConnectionFiles } from './connection-files.ts';
import { DeployError, runExportCommand, type CommandOptions } from './index.ts';

/** The real CLI runs in a process of its own. Milliseconds. */
const exportTime = 60_000;

const Exported = z.object({
  resourceServers: z.array(
    z.object({ name: z.string(), scopes: z.array(z.looseObject({ value: z.string() })) }),
  ),
  clients: z.array(z.looseObject({ name: z.string() })),
  clientGrants: z.array(
    z.object({ client_id: z.string(), audience: z.string(), scope: z.array(z.string()) }),
  ),
  roles: z.array(z.looseObject({ name: z.string(), permissions: z.array(z.unknown()) })),
  logStreams: z.array(z.looseObject({ name: z.string() })).optional(),
  connections: z
    .array(z.looseObject({ name: z.string(), options: z.record(z.string(), z.unknown()) }))
    .optional(),
});

/** A tenant with what tenant.yaml names, and with what is somebody else's. */
async function startTenant(connections: readonly string[] = []) {
  const { tenant, findLocalTenant } = await startDoctorTenant();
  const { state } = tenant.database;
  for (const client of state.clients) client.client_secret ??= `${canary}-of-a-client`;
  state.roles.push({ id: 'theirs', name: 'Theirs', permissions: [] });
  const sink = { httpEndpoint: 'https://theirs.example', httpAuthorization: `${canary}-of-theirs` };
  state.logStreams.push({ id: 'lst_theirs', name: 'Theirs', type: 'http', status: 'active', sink });
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const authorityFile = join(folder, 'ca.pem');
  writeFileSync(authorityFile, tenant.authority);
  const found = await findLocalTenant();
  const environment = { ...found.environment, connections: [...connections] };
  const files = readConnectionFiles(environment, {
    GOOGLE_CLIENT_ID: 'at-google',
    GOOGLE_CLIENT_SECRET: `${canary}-google`,
  });
  for (const connection of files?.connections ?? [])
    state.connections.push({ ...connection, id: connection.name, enabled_clients: ['Sample Product App'] });
  const output = join(folder, 'output');
  const run = async (...argv: readonly string[]) => {
    let printed = '';
    const options: CommandOptions = {
      variables: {},
      print: (text) => (printed += text),
      findLocalTenant: () => Promise.resolve({ ...found, environment, authorityFile }),
    };
    return { code: await runExportCommand(['--output', output, ...argv], options), printed };
  };
  const read = () => {
    const text = readFileSync(join(output, 'tenant.yaml'), 'utf8');
    return { text, exported: Exported.parse(parse(text)) };
  };
  return { tenant, output, run, read };
}
const names = (resources: readonly { readonly name: string }[] = []): readonly string[] =>
  resources.map(({ name }) => name).sort();

describe('the export', () => {
  it(
    'writes what the tenant has of the resources that tenant.yaml names, and no secret',
    async () => {
      const { tenant, output, run, read } = await startTenant();
      const { code, printed } = await run();
      expect(printed).toContain(`is in ${output}:\n  tenant.yaml\n  actions/IdP Relay/code.js\n`);
      expect(printed).toContain(
        '1 resourceServers, 7 clients, 3 clientGrants, 3 roles, 1 actions, 1 logStreams.\n',
      );
      expect(code).toBe(0);
      const { text, exported } = read();
      expect(names(exported.clients)).toEqual([
        'IdP Relay API',
        'IdP Relay Dashboard',
        'IdP Relay Doctor',
        'IdP Relay Token Vault',
        'IdP Relay Token Vault Worker',
        'Sample Backend',
        'Sample Product App',
      ]);
      expect(names(exported.roles)).toEqual(['IdP Relay Auditor', 'IdP Relay Operator', 'IdP Relay User']);
      expect(exported.clientGrants).toContainEqual({
        client_id: 'IdP Relay API',
        audience: `https://${tenant.domain}/api/v2/`,
        scope: ['read:users', 'read:user_idp_tokens'],
      });
      expect(text).not.toContain(canary);
      for (const method of ['PATCH', 'DELETE']) expect(tenant.faults.count('management', { method })).toBe(0);
    },
    exportTime,
  );

  it(
    'puts words in the place of secrets, and says so',
    async () => {
      const { run, read } = await startTenant(['google']);
      const { printed } = await run('--json');
      expect(JSON.parse(printed)).toMatchObject({
        files: ['tenant.yaml', 'actions/IdP Relay/code.js'],
        resources: { connections: 1, logStreams: 1 },
        words: ['RELAY_GOOGLE_CLIENT_SECRET', 'IDP_RELAY_HTTPAUTHORIZATION'],
      });
      const { text, exported } = read();
      expect(names(exported.connections)).toEqual(['relay-google']);
      expect(exported.connections?.[0]?.options).toMatchObject({
        client_id: 'at-google',
        client_secret: '@@RELAY_GOOGLE_CLIENT_SECRET@@',
        offline_access: true,
      });
      expect(exported.logStreams).toMatchObject([
        {
          name: 'IdP Relay',
          sink: { httpAuthorization: '@@IDP_RELAY_HTTPAUTHORIZATION@@', httpContentFormat: 'JSONARRAY' },
        },
      ]);
      expect(printed + text).not.toContain(canary);
    },
    exportTime,
  );

  it(
    'writes everything of these kinds when asked to',
    async () => {
      const { run, read } = await startTenant();
      expect((await run('--all')).code).toBe(0);
      const { text, exported } = read();
      expect(names(exported.roles)).toContain('Theirs');
      expect(names(exported.connections)).toContain('github');
      expect(text).not.toContain(canary);
    },
    exportTime,
  );

  it(
    'overwrites nothing unless told to',
    async () => {
      const { tenant, output, run, read } = await startTenant();
      await run();
      writeFileSync(join(output, 'tenant.yaml'), 'mine');
      tenant.faults.resetCounts();
      const { code, printed } = await run();
      expect(printed).toBe(
        `${output} is there already. Say --force to replace what is in it, or name another --output.\n`,
      );
      expect(code).toBe(2);
      expect(readFileSync(join(output, 'tenant.yaml'), 'utf8')).toBe('mine');
      expect(tenant.faults.count('management', { method: 'GET' })).toBe(0);
      expect((await run('--force')).code).toBe(0);
      expect(names(read().exported.roles)).toHaveLength(3);
    },
    exportTime,
  );

  it('names a file that stands where the folder should be', async () => {
    const { output, run } = await startTenant();
    writeFileSync(output, 'mine');
    const { code, printed } = await run();
    expect(printed).toContain(`cannot be read or written: ENOTDIR: not a directory, scandir '${output}'`);
    expect(code).toBe(2);
  });

  it(
    'leaves nothing behind when the tenant cannot be looked at',
    async () => {
      const { tenant, output, run } = await startTenant();
      for (const client of tenant.database.state.clients) client.client_secret = `${canary}-rotated`;
      const { code, printed } = await run();
      expect(printed).toContain('refused the deploy client. Check AUTH0_DEPLOY_CLIENT_ID');
      expect(code).toBe(2);
      expect(existsSync(output)).toBe(false);
    },
    exportTime,
  );
});

it.each<readonly [argv: readonly string[], code: 0 | 2, expected: string]>([
  [['--help'], 0, '--output FOLDER'],
  [['--frobnicate'], 2, '--env NAME'],
  [['--env', 'development'], 2, 'Set AUTH0_DEPLOY_CLIENT_ID'],
  [[], 2, 'not here'],
])('%j: exits %i', async (argv, expectedCode, expected) => {
  let printed = '';
  const code = await runExportCommand(argv, {
    variables: {},
    print: (text) => (printed += text),
    findLocalTenant: () => Promise.reject(new DeployError('local_tenant_missing', 'not here')),
  });
  expect(printed).toContain(expected);
  expect(code).toBe(expectedCode);
});
