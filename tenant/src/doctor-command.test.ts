import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { canary } from '@idp-relay/local-tenant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startDoctorTenant, type DoctorTenant } from '../test/doctor-tenant.ts';
import { DeployError, runDoctorCommand, type CommandOptions, type LocalDoctorTarget } from './index.ts';

const notHere: CommandOptions<LocalDoctorTarget>['findLocalTenant'] = () =>
  Promise.reject(new DeployError('local_tenant_missing', 'not here'));
const run = async (
  argv: readonly string[],
  options: Partial<CommandOptions<LocalDoctorTarget>> = {},
): Promise<{ readonly code: number; readonly output: string }> => {
  let output = '';
  const print = (text: string): string => (output += text);
  const defaults = { variables: {}, print, isTerminal: false, findLocalTenant: notHere };
  return { code: await runDoctorCommand(argv, { ...defaults, ...options }), output };
};
const relayFile = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'relay.yaml');
  writeFileSync(file, text);
  return file;
};
const removeGrant = ({ tenant: { database } }: DoctorTenant): void => {
  database.state.clientGrants = database.state.clientGrants.filter(({ id }) => id !== 'IdP Relay API');
};
const allowed = `
clients: { product: 'Sample Product App' }
rules: [{ name: r, clients: [product], connections: [github], methods: [GET], paths: [/user] }]
`;
// Another version of the Action is deployed than the one in actions/: a warning.
const outdateAction = ({ tenant: { database } }: DoctorTenant): void => {
  for (const { versions } of database.state.actions)
    for (const version of versions) version.code = '// idp-relay post-login another';
};

describe('the command', () => {
  it('helps, and says what its exit codes mean', async () => {
    const { code, output } = await run(['--help']);
    expect(code).toBe(0);
    expect(output).toContain('0 in order (notes do not count), 1 errors or warnings were found, 2');
  });

  it('finds a tenant in order that has what tenant.yaml says', async () => {
    const { findLocalTenant } = await startDoctorTenant();
    const { code, output } = await run(['--relay-config', relayFile(allowed)], { findLocalTenant });
    expect(output).toMatch(/^0 errors, 0 warnings, \d+ notes?; \d+ checks passed\.$/m);
    expect(output).toContain('NOTE IdP Relay API relay_client_uses_secret');
    expect(output).not.toContain('checks were not made');
    expect(code).toBe(0);
  });

  it('tells what is wrong: what, how it was seen, what to do, and where to read on', async () => {
    const own = await startDoctorTenant();
    removeGrant(own);
    outdateAction(own);
    const { code, output } = await run([], { findLocalTenant: own.findLocalTenant });
    expect(code).toBe(1);
    expect(output).toContain(`ERROR IdP Relay API relay_grant_missing
  The relay’s client has no grant on the Management API, so it reads no IdP token.
    seen: none of the 3 client grants is this client’s for the Management API
    do:   Run npm run tenant:deploy -- --env local; or Applications → IdP Relay API → APIs → Auth0 Management API: authorize it with read:users, read:user_idp_tokens.
    read: https://auth0.com/docs/authenticate/identity-providers/calling-an-external-idp-api
`);
    expect(output.indexOf('ERROR ')).toBeLessThan(output.indexOf('WARNING '));
    expect(output).toContain('it needs the operators’ file: say which one it is: connection_missing, ');
  });

  it('exits 1 for a warning alone', async () => {
    const own = await startDoctorTenant();
    outdateAction(own);
    const { code, output } = await run([], { findLocalTenant: own.findLocalTenant });
    expect(output).toContain('WARNING IdP Relay action_not_current');
    expect(output).toContain('0 errors, 1 warning, ');
    expect(code).toBe(1);
  });

  it('compares connections with the operators’ file, which a variable may name', async () => {
    const { findLocalTenant } = await startDoctorTenant();
    const file = relayFile(allowed.replace('[github]', '[github, gitlab]'));
    const said = await run(['--relay-config', file], { findLocalTenant });
    expect(said.output).toContain('ERROR gitlab connection_missing');
    const own = async (): ReturnType<typeof findLocalTenant> => ({
      ...(await findLocalTenant()),
      relayConfiguration: { file, variables: {} },
    });
    expect((await run([], { findLocalTenant: own })).output).toContain('ERROR gitlab connection_missing');
  });

  it('explains a user, step by step', async () => {
    const own = await startDoctorTenant();
    own.tenant.control.dropToken({ user_id: 'github|1001', connection: 'github' });
    removeGrant(own);
    const { output } = await run(['--user', 'github|1001'], { findLocalTenant: own.findLocalTenant });
    expect(output).toContain('The user "github|1001"\n\ngithub 1001 (primary): missing (not_stored)\n');
    expect(output).toContain('    - The relay’s client has no grant on the Management API');
    expect(output).toContain('    + The connection has its own client at the IdP.');
    expect(output).toContain('    ? connection_vault_off: not looked at, since it needs the operators’ file');
    expect(output).toContain('WARNING github (1001) user_token_missing');
  });

  it('speaks JSON, without a secret', async () => {
    const own = await startDoctorTenant();
    for (const connection of own.tenant.database.state.connections)
      connection.options.client_secret = `${canary}-of-a-connection`;
    removeGrant(own);
    const { findLocalTenant } = own;
    const { code, output } = await run(['--json', '--user', 'github|1001'], { findLocalTenant });
    expect(code).toBe(1);
    const Json = z.object({
      environment: z.literal('local'),
      domain: z.literal(own.tenant.domain),
      findings: z.array(z.object({ code: z.string() })),
      passed: z.array(z.string()),
      notMade: z.array(z.object({ check: z.string(), reason: z.string() })),
      examinedAt: z.iso.datetime(),
      user: z.object({ identities: z.array(z.object({ connection: z.string() })) }),
    });
    const { findings, user } = Json.parse(JSON.parse(output));
    expect(findings[0]?.code).toBe('relay_grant_missing');
    expect(user.identities.map(({ connection }) => connection)).toEqual(['github', 'google-oauth2']);
    expect(output).not.toContain(canary);
  });

  it('is coloured on a terminal alone, and lets no name in the tenant move its cursor', async () => {
    const own = await startDoctorTenant();
    const { findLocalTenant } = own;
    const relay = own.tenant.database.state.clients.find(({ name }) => name === 'IdP Relay Dashboard');
    if (relay) relay.callbacks = ['http://x.example/\u001b[2J\u0007'];
    const plain = await run([], { findLocalTenant });
    expect(plain.output).toContain('http://x.example/\u{fffd}[2J\u{fffd}');
    expect(plain.output).not.toContain('\u001b');
    const coloured = await run([], { findLocalTenant, isTerminal: true });
    expect(coloured.output).toContain('\u001b[31mERROR\u001b[39m');
    expect(stripVTControlCharacters(coloured.output)).toBe(plain.output);
    const unwanted = await run([], { findLocalTenant, isTerminal: true, variables: { NO_COLOR: '1' } });
    expect(unwanted.output).toBe(plain.output);
  });
});

describe('where it could not look', () => {
  it.each<readonly [argv: readonly string[], expected: string]>([
    [['--frobnicate'], '--env NAME'],
    [['--env', 'nowhere'], 'There is no tenant/environments/nowhere.json'],
    [['--env', 'development'], 'AUTH0_DEPLOY_CLIENT_ID'],
    [['--env', 'production'], 'AUTH0_DEPLOY_CLIENT_ID'],
    [['--env', 'development', '--port-offset', '1000'], '--port-offset goes with the local tenant alone'],
    [[], 'not here'],
  ])('%j: exits 2 and says why', async (argv, expected) => {
    const { code, output } = await run(argv);
    expect(output).toContain(expected);
    expect(code).toBe(2);
  });

  it('says what is wrong with the operators’ file', async () => {
    const { findLocalTenant } = await startDoctorTenant();
    const { code, output } = await run(['--relay-config', relayFile('unheard: 1')], { findLocalTenant });
    expect(output).toContain('Unrecognized key: "unheard"');
    expect(code).toBe(2);
  });

  it('names the variables of credentials that were refused', async () => {
    const { findLocalTenant } = await startDoctorTenant();
    const wrong = async (): ReturnType<typeof findLocalTenant> => ({
      ...(await findLocalTenant()),
      credentials: { clientId: 'none', clientSecret: canary },
    });
    const { code, output } = await run([], { findLocalTenant: wrong });
    expect(output).toContain('refused the deploy client. Check AUTH0_DEPLOY_CLIENT_ID');
    expect(output).not.toContain(canary);
    expect(code).toBe(2);
  });

  it('says that the tenant does not answer', async () => {
    const own = await startDoctorTenant();
    own.tenant.faults.add('management', { status: 503 });
    const { code, output } = await run([], { findLocalTenant: own.findLocalTenant });
    expect(output).toContain(`${own.tenant.domain} cannot be looked at. Auth0 is not available`);
    expect(code).toBe(2);
  });
});
