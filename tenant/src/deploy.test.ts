import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { postLoginAction, postLoginStamp } from '@idp-relay/actions';
import { Secret } from '@idp-relay/idp-tokens';
import { signIn, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { scopesForTenant } from '@idp-relay/tenant-doctor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { bindTheirs } from '../test/bind-theirs.ts';
import { askGoogle, createVault, radia } from '../test/vault.ts';
import { tenantChanges } from '../test/tenant-changes.ts';
import { managedKinds } from './deploy-cli.ts';
import { runDeployCommand } from './deploy-command.ts';
import {
  deployTenant,
  DeployError,
  readEnvironment,
  runPlanCommand,
  type CommandOptions,
  type Deployment,
  type Environment,
  type LocalTarget,
} from './index.ts';

/** The real CLI compiles a schema of 8 MB at each import. Milliseconds. */
const importTime = 180_000;

/** A number to YAML, were it not quoted. */
const firstSecret = '1'.repeat(40);

let noticeSecret = new Secret(firstSecret);
let logStreamToken = new Secret(firstSecret.replaceAll('1', '2'));
let folder: string;
let tenant: LocalTenant;
let environment: Environment;
const progress: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  tenant = await startLocalTenant({ folder: join(folder, 'tenant') });
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  environment = { ...readEnvironment('local'), domain: tenant.domain };
  // What the tenant has besides is not the project's, and must come out of a deployment as it went in.
  tenant.database.state.clients.push({
    client_id: 'theirs',
    name: 'Somebody else’s',
    callbacks: ['https://theirs.example'],
  });
  tenant.database.state.roles.push({ id: 'rol_theirs', name: 'Theirs', permissions: [] });
  tenant.database.state.logStreams.push({
    id: 'lst_theirs',
    name: 'Theirs',
    type: 'http',
    status: 'paused',
    sink: { httpEndpoint: 'https://theirs.example' },
  });
  await bindTheirs(tenant, 'Deny', 'Enrich');
});
afterAll(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true });
});

const deployTo = (target: Environment): Promise<Deployment> =>
  deployTenant({
    environment: target,
    credentials: tenant.bootstrap,
    noticeSecret,
    logStreamToken,
    fetch: globalThis.fetch,
    ...(tenant.authorityFile !== undefined && { authorityFile: tenant.authorityFile }),
    onProgress: (line) => progress.push(line),
    stamp: { file: join(folder, 'stamp'), tenantId: tenant.tenantId },
    workerKeyFile: join(folder, 'worker.pem'),
  });
const deploy = (): Promise<Deployment> => deployTo(environment);
/** Everything that a deployment owns, without the tokens and times that have nothing to do with it. */
const owned = (): unknown => {
  const { clients, clientGrants, resourceServers, roles, connections } = tenant.database.state;
  const { actions, actionBindings, logStreams } = tenant.database.state;
  // Each import makes a new version of the same content.
  const deployed = actions.map(({ name, runtime, supported_triggers, versions, ...action }) => {
    const { code, secrets } = versions.at(-1) ?? action;
    return { name, runtime, supported_triggers, code, secrets, isCurrent: action.all_changes_deployed };
  });
  const bound = actionBindings.map(({ display_name: name }) => name);
  return JSON.parse(
    JSON.stringify({
      clients,
      clientGrants,
      resourceServers,
      roles,
      connections,
      deployed,
      bound,
      logStreams,
    }),
  );
};

/** The same but for the order, and for the ids of what was taken away and came back. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, field: unknown) => {
    if (name === 'id') return undefined;
    return Array.isArray(field) ? field.map((item) => JSON.stringify(item)).sort() : field;
  });

describe('the real auth0-deploy-cli', () => {
  it(
    'makes what tenant.yaml says, and touches nothing else',
    async () => {
      const connections = JSON.stringify(tenant.database.state.connections);
      const { token_vault: _unwanted, ...others } = environment;
      const { provisioned, imported } = await deployTo({ ...others, doctor: false });
      expect(imported).toBe(true);
      const { clients, clientGrants, resourceServers, roles } = tenant.database.state;
      expect(clientGrants.find(({ client_id }) => client_id === provisioned.apiClientId)).toMatchObject({
        audience: `https://${tenant.domain}/api/v2/`,
        scope: ['read:users', 'read:user_idp_tokens'],
      });
      expect(resourceServers.find(({ identifier }) => identifier === provisioned.audience)).toMatchObject({
        enforce_policies: true,
        token_dialect: 'access_token_authz',
      });
      expect(roles.find(({ name }) => name === 'IdP Relay Operator')?.permissions).toEqual([
        { resource_server_identifier: provisioned.audience, permission_name: 'inspect:identities' },
        { resource_server_identifier: provisioned.audience, permission_name: 'revoke:identities' },
      ]);
      expect(clients.find(({ client_id }) => client_id === 'theirs')).toEqual({
        client_id: 'theirs',
        name: 'Somebody else’s',
        callbacks: ['https://theirs.example'],
      });
      expect(roles.find(({ id }) => id === 'rol_theirs')).toEqual({
        id: 'rol_theirs',
        name: 'Theirs',
        permissions: [],
      });
      expect(JSON.stringify(tenant.database.state.connections)).toBe(connections);
      expect(clients.filter(({ name }) => name.includes('Token Vault'))).toEqual([]);
      expect(provisioned.tokenVault).toBeUndefined();
      expect(clients.filter(({ name }) => name.includes('Doctor'))).toEqual([]);
      expect(clientGrants.map(({ client_id: id }) => id)).toHaveLength(3);
      expect(provisioned.doctor).toBeUndefined();
      expect(progress).toContain('Created clients: IdP Relay API');
      expect(progress).toContain('Created actions: IdP Relay');
      expect(progress.join()).not.toContain('cAnArY');
    },
    importTime,
  );

  it('has deployed the Action with its secrets, after Actions that were bound before', async () => {
    const { actions, actionBindings } = tenant.database.state;
    const action = actions.find(({ name }) => name === postLoginAction.name);
    expect(action).toMatchObject({ all_changes_deployed: true, runtime: 'node22', dependencies: [] });
    const [version] = action?.versions ?? [];
    expect(version?.code.split('\n', 1)).toEqual([`// idp-relay post-login ${await postLoginStamp()}`]);
    const secrets = version?.secrets.map(({ name, value }) => [name, value]) ?? [];
    expect(Object.fromEntries(secrets)).toEqual({
      RELAY_URL: 'http://localhost:3000',
      RELAY_AUDIENCE: environment.keywords.RELAY_AUDIENCE,
      NOTICE_SECRET: firstSecret,
    });
    expect(actionBindings.map(({ display_name: name }) => name)).toEqual([
      'Deny, as shown',
      'Enrich, as shown',
      'IdP Relay',
    ]);
  });

  it('has made the log stream with its token, and left another as it was', () => {
    const [other, stream, ...more] = tenant.database.state.logStreams;
    expect(other).toMatchObject({ id: 'lst_theirs', sink: { httpEndpoint: 'https://theirs.example' } });
    expect(more).toEqual([]);
    expect(stream).toMatchObject({
      name: 'IdP Relay',
      type: 'http',
      status: 'active',
      sink: {
        httpEndpoint: 'http://localhost:3000/v1/notices/log-events',
        httpAuthorization: `Bearer ${logStreamToken.reveal()}`,
        httpContentType: 'application/json',
        httpContentFormat: 'JSONARRAY',
      },
    });
    expect(stream?.filters?.map(({ name }) => name)).toEqual([
      'auth.login.success',
      'auth.signup.success',
      'user.success',
      'management.success',
    ]);
  });

  it(
    'makes the clients for Token Vault where the environment wants them, and tokens come of them',
    async () => {
      const { provisioned, imported } = await deploy();
      expect(imported).toBe(true);
      const vault = createVault(tenant, provisioned.tokenVault);
      const request = { userId: radia.userId, connection: 'google-vault', notBefore: 0 };
      const { access_token: subject } = await signIn({
        origin: tenant.origins.tenantHttp,
        clientId: provisioned.sampleProductClientId,
        redirectUri: 'http://localhost:8788/callback',
        audience: provisioned.audience,
        as: { connection: 'google-vault', login: 'radia' },
      });
      for (const answer of [
        await vault.token(request),
        await vault.token({ ...request, subject: new Secret(subject) }),
      ])
        expect(answer.found && (await askGoogle(tenant, answer.tokenSet))).toMatchObject({
          sub: radia.idpUserId,
        });
      expect(progress.join()).not.toContain('cAnArY');
    },
    importTime,
  );

  it(
    'makes the client that examines the tenant where the environment wants it, to read settings alone',
    async () => {
      const { provisioned } = await deploy();
      const { clients, clientGrants } = tenant.database.state;
      const client = clients.find(({ name }) => name === 'IdP Relay Doctor');
      expect(provisioned.doctor).toEqual({
        clientId: client?.client_id,
        clientSecret: client?.client_secret,
      });
      expect(clientGrants.filter(({ client_id: id }) => id === client?.client_id)).toEqual([
        expect.objectContaining({ audience: `https://${tenant.domain}/api/v2/`, scope: scopesForTenant() }),
      ]);
    },
    importTime,
  );

  it(
    'is not run again while nothing has changed, and puts back what somebody changed or took away',
    async () => {
      tenant.faults.resetCounts();
      expect((await deploy()).imported).toBe(false);
      expect(tenant.faults.count('management', { method: 'POST' })).toBe(0);
      expect(tenant.faults.count('management', { method: 'PATCH' })).toBe(0);
      const before = withoutIds(owned());
      for (const change of Object.values(tenantChanges)) change(tenant.database.state);
      expect((await deploy()).imported).toBe(true);
      expect(withoutIds(owned())).toEqual(before);
      expect((await deploy()).imported).toBe(false);
    },
    importTime,
  );

  it(
    'gives the Action another secret, and the log stream another token, when there is another',
    async () => {
      noticeSecret = new Secret('another'.repeat(10));
      logStreamToken = new Secret('a token'.replaceAll(' ', '-').repeat(10));
      expect((await deploy()).imported).toBe(true);
      const action = tenant.database.state.actions.find(({ name }) => name === postLoginAction.name);
      const secrets = action?.versions.at(-1)?.secrets ?? [];
      expect(secrets.find(({ name }) => name === 'NOTICE_SECRET')?.value).toBe(noticeSecret.reveal());
      expect(JSON.stringify(tenant.database.state.logStreams)).toContain(
        `Bearer ${logStreamToken.reveal()}"`,
      );
    },
    importTime,
  );

  it(
    'changes nothing the second time, by the command, with the local tenant’s own client',
    async () => {
      const before = owned();
      const settingsFile = join(folder, 'api.env');
      const target: LocalTarget = {
        environment,
        credentials: tenant.bootstrap,
        noticeSecret,
        logStreamToken,
        ...(tenant.authorityFile !== undefined && { authorityFile: tenant.authorityFile }),
        settingsFile,
        workerKeyFile: join(folder, 'worker.pem'),
      };
      const file = join(folder, 'theirs.env');
      let output = '';
      let progressed = '';
      const commandOptions: CommandOptions = {
        variables: { AUTH0_DEPLOY_CLIENT_ID: 'x', AUTH0_DEPLOY_CLIENT_SECRET: 'of another tenant' },
        print: (text) => (output += text),
        progress: { write: (text) => (progressed += text), isTerminal: false },
        findLocalTenant: () => Promise.resolve(target),
      };
      const argv = ['--env=local', '--json', '--write-env-file', file];
      expect(await runDeployCommand(argv, commandOptions)).toBe(0);
      expect(JSON.parse(output)).toMatchObject({
        environment: 'local',
        domain: tenant.domain,
        settingsFile: file,
        steps: expect.arrayContaining(['Updated clients: IdP Relay API']) as unknown,
        settings: { AUTH0_DOMAIN: tenant.domain, AUTH0_CLIENT_SECRET: '<hidden: see --show-secrets>' },
      });
      expect(progressed).toContain('  Updated clients: IdP Relay API\n');
      expect(output + progressed).not.toContain('cAnArY');
      output = '';
      expect(await runPlanCommand([], commandOptions)).toBe(0);
      expect(output).toContain('Nothing to do. 0 to create, 0 to change, 17 left alone.');
      expect(readFileSync(file, 'utf8')).toContain(`AUTH0_DOMAIN=${tenant.domain}`);
      expect(readFileSync(file, 'utf8')).toContain(
        `TOKEN_VAULT_WORKER_KEY_FILE=${join(folder, 'worker.pem')}`,
      );
      expect(readFileSync(file, 'utf8')).toContain(`NOTICE_SECRET=${noticeSecret.reveal()}`);
      expect(output).not.toContain(noticeSecret.reveal());
      expect(readFileSync(file, 'utf8')).toContain(`LOG_STREAM_TOKEN=${logStreamToken.reveal()}`);
      expect(output).not.toContain(logStreamToken.reveal());
      expect(existsSync(settingsFile)).toBe(false);
      expect(owned()).toEqual(before);
    },
    importTime,
  );

  it(
    'exports what it imported, and no secret',
    async () => {
      const cli = createRequire(import.meta.url).resolve('auth0-deploy-cli/lib/index.js');
      const output = join(folder, 'export');
      const before = owned();
      await promisify(execFile)(
        process.execPath,
        [cli, 'export', '--format', 'yaml', '--output_folder', output],
        {
          env: {
            PATH: process.env.PATH,
            NODE_EXTRA_CA_CERTS: tenant.authorityFile,
            AUTH0_DOMAIN: environment.domain,
            AUTH0_CLIENT_ID: tenant.bootstrap.clientId,
            AUTH0_CLIENT_SECRET: tenant.bootstrap.clientSecret,
            AUTH0_INCLUDED_ONLY: JSON.stringify(managedKinds),
          },
        },
      );
      const exported = readFileSync(join(output, 'tenant.yaml'), 'utf8');
      const Exported = z.record(z.string(), z.array(z.looseObject({ name: z.string().optional() })));
      const kinds = Exported.parse(parse(exported));
      const names = (kind: string): unknown => kinds[kind]?.map(({ name }) => name);
      expect(names('resourceServers')).toContain('IdP Relay');
      expect(names('clients')).toContain('IdP Relay Dashboard');
      expect(names('roles')).toContain('IdP Relay Auditor');
      expect(exported).toContain('- read:user_idp_tokens');
      expect(exported).not.toContain(tenant.bootstrap.clientSecret);
      expect(owned()).toEqual(before);
    },
    importTime,
  );
});

describe('what can go wrong is one clear line', () => {
  const failure = async (changed: Partial<Environment>, credentials = tenant.bootstrap): Promise<unknown> =>
    deployTenant({
      environment: { ...environment, ...changed },
      credentials,
      noticeSecret,
      logStreamToken,
      fetch: globalThis.fetch,
      ...(tenant.authorityFile !== undefined && { authorityFile: tenant.authorityFile }),
      onProgress: () => undefined,
    }).catch((error: unknown) => error);

  it(
    'an unreachable tenant',
    async () => {
      const error = await failure({ domain: 'localhost:9' });
      expect(error).toBeInstanceOf(DeployError);
      expect(error).toMatchObject({
        code: 'tenant_unreachable',
        message: 'localhost:9 cannot be reached. Check the domain and the network.',
      });
    },
    importTime,
  );

  it(
    'wrong credentials',
    async () => {
      const error = await failure({}, { clientId: tenant.bootstrap.clientId, clientSecret: 'wrong-secret' });
      expect(error).toMatchObject({ code: 'credentials_refused' });
      expect(String(error)).not.toContain('wrong-secret');
    },
    importTime,
  );

  it.each([
    ['secret of the Action', { logStreamToken: new Secret('x') }, 'set NOTICE_SECRET'],
    ['token of the log stream', { noticeSecret: new Secret('x') }, 'set LOG_STREAM_TOKEN'],
  ])('a missing %s, by the variable that holds it', async (_what, secrets, expected) => {
    const error: unknown = await deployTenant({
      environment,
      credentials: tenant.bootstrap,
      ...secrets,
      fetch: globalThis.fetch,
      onProgress: () => undefined,
    }).catch((refused: unknown) => refused);
    expect(error).toMatchObject({
      code: 'credentials_missing',
      message: expect.stringContaining(expected) as unknown,
    });
  });

  it(
    'a missing scope, by name',
    async () => {
      const grant = tenant.database.state.clientGrants.find(
        ({ client_id }) => client_id === tenant.bootstrap.clientId,
      );
      const scope = grant?.scope ?? [];
      if (grant) grant.scope = scope.filter((value) => value !== 'read:resource_servers');
      expect(await failure({})).toMatchObject({
        code: 'scope_missing',
        message: expect.stringContaining('read:resource_servers') as unknown,
      });
      if (grant) grant.scope = scope;
    },
    importTime,
  );
});
