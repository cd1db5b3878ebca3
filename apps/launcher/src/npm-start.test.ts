import { execFile, spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canary, samplePeople } from '@idp-relay/local-tenant';
import { Start } from '../test/start.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startApi } from './api-process.ts';
import { getDriveTokens } from './drive-tokens.ts';
import { findLocalTenant } from './find-local-tenant.ts';
import { requireFreePorts } from './free-ports.ts';
import { startInstallation } from './installation.ts';
import { missingStatuses } from './leak-coverage.ts';
import { driveRoutes } from './leak-drive.ts';
import { encodedIdOf } from './leak-people.ts';
import { findLeaks } from './leak-search.ts';
import { localPaths, projectFolder } from './local-paths.ts';
import { allPorts, localPorts } from './local-ports.ts';
import { readWrittenFiles } from './written-files.ts';

const portOffset = 15_000;
const longestStart = 180_000;
const run = promisify(execFile);
const LogLine = z.object({ status: z.number() });
const tokenCommand = join(import.meta.dirname, 'token.ts');

/** The README's lines, with the ports of this test. */
function readmeLines(): string[] {
  const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
  return readme
    .split('\n')
    .filter((line) => line.startsWith('curl '))
    .map((line) =>
      line
        .replaceAll('localhost:3000', `localhost:${3000 + portOffset}`)
        .replaceAll(
          /npm run -s token(?: -- (--\w+))?/g,
          (_all, option?: string) => `npm run -s token -- ${option ?? ''} --port-offset ${portOffset}`,
        ),
    );
}

const paste = async (line: string): Promise<string> =>
  (await run('sh', ['-c', line.replace('curl ', 'curl -s ')], { cwd: projectFolder })).stdout;

describe('npm start', () => {
  let first: Start;
  beforeAll(async () => {
    rmSync(localPaths(portOffset).folder, { recursive: true, force: true });
    first = new Start(portOffset);
    await first.says('Ctrl-C stops all of it');
  }, longestStart);
  afterAll(async () => {
    await first.interrupt('SIGINT');
  });

  it('provisions the tenant by the real deploy CLI, and says what it does', () => {
    expect(first.output).toContain('Created clients: IdP Relay API');
    expect(first.output).not.toContain(canary);
  });

  it('leaves a tenant that the doctor finds nothing wrong with', { timeout: longestStart }, async () => {
    const command = join(import.meta.dirname, 'tenant-doctor.ts');
    const { stdout } = await run(process.execPath, [command, '--port-offset', String(portOffset)]);
    expect(stdout).toMatch(/0 errors, 0 warnings, \d+ notes; \d+ checks passed/);
    expect(stdout).not.toContain(canary);
  });

  it('signs people in by way of the Action, which says in the token what can be called', async () => {
    const { stdout } = await run(process.execPath, [tokenCommand, '--port-offset', String(portOffset)]);
    const claims: unknown = JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ 'https://idp-relay/connections': ['github', 'google-oauth2'] });
  });

  it(
    'tells the relay of sign-ins, by the Action and by the log stream',
    { timeout: longestStart },
    async () => {
      const statusesOf = (route: string): readonly unknown[] =>
        readFileSync(localPaths(portOffset).apiLog, 'utf8')
          .split('\n')
          .filter((line) => line.includes(`"route":"/v1/notices/${route}"`))
          .map((line) => LogLine.parse(JSON.parse(line)).status);
      const before = { action: statusesOf('sign-in').length, stream: statusesOf('log-events').length };
      await run(process.execPath, [tokenCommand, '--port-offset', String(portOffset)]);
      await vi.waitFor(
        () => {
          expect(statusesOf('sign-in').length).toBeGreaterThan(before.action);
          expect(statusesOf('log-events').length).toBeGreaterThan(before.stream);
        },
        { timeout: longestStart },
      );
      expect(new Set([...statusesOf('sign-in'), ...statusesOf('log-events')])).toEqual(new Set([204]));
      for (const file of [localPaths(portOffset).noticeSecret, localPaths(portOffset).logStreamToken])
        expect(statSync(file).mode & 0o077).toBe(0);
    },
  );

  it(
    'prints lines that work when pasted, and the README has them too',
    { timeout: longestStart },
    async () => {
      const printed = first.output
        .split('\n')
        .filter((line) => line.trim().startsWith('curl '))
        .map((line) => line.trim());
      expect(printed).toHaveLength(3);
      expect(readmeLines()).toHaveLength(3);
      for (const lines of [printed, readmeLines()]) {
        const [identities, repos, asBackend] = await Promise.all(lines.map(paste));
        expect(JSON.parse(identities ?? '')).toMatchObject({
          user_id: 'github|1001',
          identities: [{ connection: 'github', verdict: { state: 'usable' } }, {}],
        });
        expect(JSON.parse(repos ?? '')).toMatchObject([{ full_name: 'ada/analytical-engine' }, {}, {}]);
        expect(asBackend).toBe(repos);
      }
    },
  );

  it('calls through Token Vault, for a user and for a backend', { timeout: longestStart }, async () => {
    const token = async (...options: readonly string[]): Promise<string> => {
      const argv = [tokenCommand, ...options, '--port-offset', String(portOffset)];
      return (await run(process.execPath, argv)).stdout.trim();
    };
    const radia = encodedIdOf('radia');
    const ask = async (path: string, bearer: string, method = 'GET'): Promise<unknown> => {
      const url = `http://localhost:${localPorts(portOffset).api}/v1/${path}`;
      return (await fetch(url, { method, headers: { authorization: `Bearer ${bearer}` } })).json();
    };
    const rest = 'idp/google-vault/oauth2/v3/userinfo';
    // First the backend: what the vault has of her comes with a fresh start, nobody signed in.
    expect(await ask(`users/${radia}/${rest}`, await token('--backend'))).toMatchObject({
      name: 'Radia Perlman',
    });
    const hers = await token('--as', 'radia');
    expect(await ask(`me/${rest}`, hers)).toMatchObject({ name: 'Radia Perlman' });
    expect(await ask('me/identities', hers)).toMatchObject({
      identities: [{ connection: 'google-vault', verdict: { state: 'in_token_vault', callable: true } }],
    });
    const operator = await token('--as', 'operator');
    expect(await ask(`users/${radia}/identities/google-vault/check`, operator, 'POST')).toMatchObject({
      verdict: { state: 'usable', source: 'probe' },
    });
    expect(statSync(localPaths(portOffset).workerKey).mode & 0o077).toBe(0);
  });

  it(
    'says truly who can sign in, and how',
    async () => {
      const sections = first.output.split(/^ {2}(?=\S)/m);
      const listed = (title: string): string[] => {
        const section = sections.find((text) => text.startsWith(title)) ?? '';
        return [...section.matchAll(/^ {4}(\S+)/gm)].map(([, handle = '']) => handle);
      };
      const canSignIn = [...listed('Through the sample IdP'), ...listed('With e-mail address')];
      const cannot = listed('Nobody signs these in');
      expect(new Set([...canSignIn, ...cannot])).toEqual(new Set(samplePeople.map(({ handle }) => handle)));
      const token = (handle: string): Promise<{ stdout: string }> =>
        run(process.execPath, [tokenCommand, '--as', handle, '--port-offset', String(portOffset)]);
      for (const handle of listed('With e-mail address'))
        expect((await token(handle)).stdout).toMatch(/^eyJ/);
      for (const handle of cannot) await expect(token(handle)).rejects.toThrow('no sample IdP stands for');
    },
    longestStart,
  );

  it('signs in through the login page in a browser; another sign-in at the same time is told to wait', async () => {
    const command = ['run', '-s', 'token', '--', '--browser', '--port-offset', String(portOffset)];
    const waiting = spawn('npm', command, { cwd: projectFolder });
    let address = '';
    waiting.stderr.on('data', (chunk) => (address += String(chunk)));
    await vi.waitFor(() => expect(address).toMatch(/^http\S+\n/m), { timeout: longestStart });
    const refusal = await run('npm', command, { cwd: projectFolder }).catch((error: unknown) => error);
    expect(String(refusal)).toMatch(/^Port \d+, where the browser comes back to, is taken: .*$/m);
    const url = new URL(/^http\S+/m.exec(address)?.[0] ?? '');
    const page = await fetch(url);
    const signedIn = await fetch(new URL('/u/login', url), {
      method: 'POST',
      headers: {
        cookie: page.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';')[0])
          .join('; '),
      },
      body: new URLSearchParams({
        transaction: /name="transaction" value="([^"]+)"/.exec(await page.text())?.[1] ?? '',
        username: 'operator@idp-relay.example',
        password: 'operator-sample-password',
      }),
    });
    expect(await signedIn.text()).toBe('Signed in. Back to the terminal.');
    const printed = await waiting.stdout.toArray();
    expect(printed.join('')).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });

  it(
    'leaves all that an API needs to start as the README says, with the operators’ example',
    { timeout: longestStart },
    async () => {
      const paths = localPaths(portOffset);
      const { api: port, metrics: metricsPort } = localPorts(portOffset + 500);
      const api = await startApi({
        port,
        metricsPort,
        settingsFile: paths.apiSettings,
        logFile: join(paths.folder, 'as-in-production.log'),
        environment: {
          RELAY_CONFIGURATION_FILE: join('apps', 'api', 'relay.example.yaml'),
          RELAY_DATA_FOLDER: join(paths.folder, 'as-in-production'),
          NODE_EXTRA_CA_CERTS: join(paths.tenantFolder, 'ca.pem'),
        },
      });
      try {
        const { stdout } = await run(process.execPath, [tokenCommand, '--port-offset', String(portOffset)]);
        const refused = await fetch(`${api.origin}/v1/me/idp/github/user/keys`, {
          headers: { authorization: `Bearer ${stdout.trim()}` },
        });
        expect(await refused.json()).toMatchObject({
          code: 'call_not_allowed_by_policy',
          missing_rule: { client: 'product' },
        });
        expect((await fetch(`${api.origin}/users`)).headers.get('content-type')).toContain('text/html');
      } finally {
        await api.stop();
      }
    },
  );

  it('says in one clear line that its ports are taken', async () => {
    const second = new Start(portOffset);
    expect(await second.ended).toBe(1);
    expect(second.output.trim()).toMatch(
      /Port 18000 on localhost cannot be opened: .* npm start -- --port-offset 16000$/,
    );
  });

  it(
    'ends with Ctrl-C, and the next start has nothing to provision',
    async () => {
      const find = () => findLocalTenant(String(portOffset));
      expect((await find()).settingsFile).toBe(localPaths(portOffset).apiSettings);
      expect(await first.interrupt('SIGINT')).toBe(0);
      await expect(find()).rejects.toThrow('Start the local tenant first: npm start -- --port-offset 15000');
      await requireFreePorts(allPorts(localPorts(portOffset)));
      first = new Start(portOffset);
      await first.says('Ctrl-C stops all of it');
      expect(first.output).toContain('provisioning skipped');
    },
    longestStart,
  );
});

describe('npm start while it provisions', () => {
  const offset = portOffset + 1_000;
  it.each([
    { signal: 'SIGINT', to: 'everybody', code: 130 },
    { signal: 'SIGTERM', to: 'the first', code: 143 },
  ] as const)(
    'ends on $signal to $to, says so in one line, and leaves nothing behind',
    async ({ signal, to, code }) => {
      rmSync(localPaths(offset).folder, { recursive: true, force: true });
      const start = new Start(offset);
      await start.says('Provisioning it');
      const before = start.output;
      expect(await start.interrupt(signal, to)).toBe(code);
      expect(start.output.slice(before.length)).toBe('Stopped before everything was running.\n');
      expect(start.isGone()).toBe(true);
      await requireFreePorts(allPorts(localPorts(offset)));
    },
    longestStart,
  );
});

describe('no secret gets out', () => {
  it(
    'of any route, log or file',
    async () => {
      const installation = await startInstallation({
        portOffset: portOffset + 2_000,
        onProgress: () => undefined,
      });
      try {
        const answers = await driveRoutes(installation, await getDriveTokens(installation));
        expect(missingStatuses(answers)).toEqual([]);
        const files = readWrittenFiles(installation);
        expect(files.map(({ source }) => source)).toContain('api.log');
        expect(findLeaks([...answers, ...files], canary)).toEqual([]);
        // A planted one is found.
        const planted = { source: 'planted', text: `{"token":"gho_${canary}"}` };
        expect(findLeaks([...answers, planted], canary)).toEqual([{ source: 'planted', form: 'plain' }]);
      } finally {
        await installation.close();
      }
    },
    longestStart,
  );
});
