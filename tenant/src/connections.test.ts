import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@idp-relay/idp-tokens';
import { canary } from '@idp-relay/local-tenant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startDoctorTenant } from '../test/doctor-tenant.ts';
import { readConnectionFiles } from './connection-files.ts';
import {
  DeployError,
  readEnvironment,
  runDeployCommand,
  runDoctorCommand,
  runPlanCommand,
  type CommandOptions,
  type Environment,
} from './index.ts';
import { tenantFolder } from './environment.ts';

/** The real CLI compiles a schema of 8 MB at each import. Milliseconds. */
const importTime = 180_000;

const samples = readdirSync(join(tenantFolder, 'connections')).map((file) => file.replace('.yaml', ''));
/** A value for each variable that the samples name; secrets are such that no output may have them. */
const variables = {
  GOOGLE_CLIENT_ID: 'at-google',
  GOOGLE_CLIENT_SECRET: `${canary}: "google" # '`,
  MICROSOFT_CLIENT_ID: 'at-microsoft',
  MICROSOFT_CLIENT_SECRET: `${canary}-microsoft`,
  ENTRA_CLIENT_ID: 'at-entra',
  ENTRA_CLIENT_SECRET: `${canary}-entra`,
  ENTRA_TENANT_DOMAIN: 'acme.onmicrosoft.com',
  GITHUB_CLIENT_ID: 'at-github',
  GITHUB_CLIENT_SECRET: `${canary}-github`,
};
const withConnections = (connections: readonly string[]): Environment => ({
  ...readEnvironment('local'),
  connections: [...connections],
});
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

/** A tenant that has all but the connections, and how the commands find it. */
async function startTenant(connections: readonly string[]) {
  const { tenant, findLocalTenant } = await startDoctorTenant();
  const folder = mkdtempSync(join(tmpdir(), 'connections-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const authorityFile = join(folder, 'ca.pem');
  writeFileSync(authorityFile, tenant.authority);
  const found = await findLocalTenant();
  const target = {
    ...found,
    environment: { ...found.environment, connections: [...connections] },
    authorityFile,
    settingsFile: join(folder, 'api.env'),
    workerKeyFile: join(folder, 'worker.pem'),
    noticeSecret: new Secret(`${canary}-of-the-notices`),
    logStreamToken: new Secret(`${canary}-of-the-log-stream`),
  };
  const run = async (
    command: (argv: readonly string[], options: CommandOptions) => Promise<number>,
    argv: readonly string[] = [],
  ): Promise<{ readonly code: number; readonly output: string; readonly progress: string }> => {
    let output = '';
    let progress = '';
    const code = await command(argv, {
      variables,
      print: (text) => (output += text),
      progress: { write: (text) => (progress += text), isTerminal: false },
      findLocalTenant: () => Promise.resolve(target),
    });
    return { code, output, progress };
  };
  return { tenant, target, run };
}

/** A connection that no deployment made, of a name that a sample has. */
const ofTheirOwn = () => ({
  id: 'con_theirs',
  name: 'relay-google',
  strategy: 'google-oauth2',
  options: { client_id: 'theirs', client_secret: `${canary}-theirs`, allowed_audiences: ['theirs'] },
  enabled_clients: [],
});

describe('the samples', () => {
  it.each(samples)(
    '%s reads, with its variables filled in and no secret in what the CLI is given as a file',
    (name) => {
      const files = readConnectionFiles(withConnections([name]), variables);
      expect(files?.connections).not.toEqual([]);
      for (const { name: connection, options } of files?.connections ?? []) {
        expect(connection).toBe(`relay-${name}`);
        expect(options).toMatchObject({ client_id: `at-${name}` });
        expect(String(options.client_secret)).toContain(canary);
      }
      expect(files?.text).not.toContain(canary);
    },
  );

  it(
    'are deployed by the real auth0-deploy-cli; then the plan is empty, and the doctor finds nothing wrong with them',
    async () => {
      const { tenant, target, run } = await startTenant(samples);
      const before = tenant.database.state.connections.map((connection) => JSON.stringify(connection));
      const planned = await run(runPlanCommand);
      expect(planned.code).toBe(1);
      for (const name of samples) expect(planned.output).toContain(`+ connection relay-${name}\n`);
      for (const client of tenant.database.state.clients) client.client_secret ??= `${canary}-of-a-client`;
      tenant.database.state.connections.push(ofTheirOwn());
      const deployed = await run(runDeployCommand, ['--take-over-connections']);
      expect(deployed.code).toBe(0);
      expect(deployed.output).toMatch(
        /^Deployed to localhost:\d+: 3 created, \d+ updated\. What the API needs is in /,
      );
      expect(deployed.progress).toContain('  Created connections: relay-entra\n');
      expect(deployed.progress).toContain('  Updated connections: relay-google\n');
      const after = tenant.database.state.connections.map((connection) => JSON.stringify(connection));
      expect(after.slice(0, before.length)).toEqual(before);
      expect(tenant.database.state.connections.find(({ name }) => name === 'relay-google')).toMatchObject({
        strategy: 'google-oauth2',
        options: {
          client_id: 'at-google',
          client_secret: variables.GOOGLE_CLIENT_SECRET,
          upstream_params: { access_type: { value: 'offline' }, prompt: { value: 'consent' } },
        },
      });

      const again = await run(runPlanCommand);
      expect(again.output).toContain('Nothing to do');
      expect(again.code).toBe(0);
      expect(planned.output + deployed.output + deployed.progress + again.output).not.toContain(canary);

      const relayFile = join(target.settingsFile, '..', 'relay.yaml');
      const names = samples.map((name) => `relay-${name}`).join(', ');
      writeFileSync(
        relayFile,
        `clients: { product: 'Sample Product App' }\nrules: [{ name: r, clients: [product], connections: [${names}], methods: [GET], paths: [/me] }]\n`,
      );
      const doctor = await run(runDoctorCommand, ['--json', '--relay-config', relayFile]);
      const { findings } = z
        .object({ findings: z.array(z.object({ code: z.string(), subject: z.string() })) })
        .parse(JSON.parse(doctor.output));
      const codes = findings.filter(({ subject }) => subject.startsWith('relay-')).map(({ code }) => code);
      // Which apps offer them, and with what the relay renews, is said elsewhere.
      expect([...new Set(codes)].sort()).toEqual([
        'connection_renewal_client_missing',
        'connection_without_client',
      ]);
    },
    // Of tenant.yaml, and of the connections.
    2 * importTime,
  );

  it('tell what somebody changed in them, and show no secret', async () => {
    const { tenant, target, run } = await startTenant(['entra']);
    const files = readConnectionFiles(target.environment, variables);
    for (const connection of files?.connections ?? []) {
      tenant.database.state.connections.push({
        ...connection,
        id: connection.name,
        enabled_clients: [],
        options: {
          ...connection.options,
          ext_access_token: false,
          client_secret: `${canary}-another`,
          scope: ['openid', 'Mail.Read'],
          domain_aliases: ['acme.example'],
        },
      });
    }
    const { code, output } = await run(runPlanCommand);
    expect(code).toBe(1);
    expect(output).toContain('      options.ext_access_token: (not set) → true\n');
    expect(output).toContain('      options.client_secret: a secret differs\n');
    expect(output).toContain('      options.scope: - Mail.Read\n');
    expect(output).toContain('! connection relay-entra: options.domain_aliases would be lost');
    expect(output).not.toContain(canary);
  });
});

describe('connections of the tenant’s own', () => {
  it('are never overwritten unasked', async () => {
    const { tenant, run } = await startTenant(['google']);
    tenant.database.state.connections.push(ofTheirOwn());
    const plan = await run(runPlanCommand);
    expect(plan.output).toContain(
      '! connection relay-google: metadata.managed_by is not set: the connection is the tenant’s own',
    );
    expect(plan.output).toContain('! connection relay-google: options.allowed_audiences would be lost');
    const { code, output } = await run(runDeployCommand);
    expect(code).toBe(1);
    expect(output).toMatch(/has of its own: relay-google\. Nothing was deployed\..*--take-over-connections/);
    for (const method of ['PATCH', 'DELETE']) expect(tenant.faults.count('management', { method })).toBe(0);
    expect(plan.output + output).not.toContain(canary);
  });
});

describe('what is not right', () => {
  it('names every missing variable, and the file that needs it', () => {
    const error = refusal(() =>
      readConnectionFiles(withConnections(['google']), { GOOGLE_CLIENT_ID: 'x', GOOGLE_CLIENT_SECRET: '' }),
    );
    expect(error).toBeInstanceOf(DeployError);
    expect(error).toMatchObject({
      code: 'variable_missing',
      message: 'Set the environment variables GOOGLE_CLIENT_SECRET (tenant/connections/google.yaml).',
    });
  });

  it('names a file that is not there', () => {
    expect(refusal(() => readConnectionFiles(withConnections(['nowhere']), {}))).toMatchObject({
      code: 'environment_invalid',
      message: expect.stringContaining('there is no tenant/connections/nowhere.yaml') as unknown,
    });
  });

  it('reads nothing for an environment that opts into none', () => {
    expect(readConnectionFiles(readEnvironment('production'), {})).toBeUndefined();
  });
});
