import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canary } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getDriveTokens } from './drive-tokens.ts';
import { startInstallation } from './installation.ts';
import { driveRoutes, readWrittenFiles } from './leak-drive.ts';
import { findLeaks } from './leak-search.ts';
import { localPaths, projectFolder } from './local-paths.ts';

const portOffset = 15_000;
const longestStart = 180_000;
const run = promisify(execFile);

/** One `npm start`, as a person would have it, and all that it printed. */
class Start {
  output = '';
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor() {
    this.#child = spawn(
      process.execPath,
      [join('apps', 'launcher', 'bootstrap.mjs'), 'start', '--port-offset', String(portOffset)],
      {
        cwd: projectFolder,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk) => (this.output += String(chunk)));
    this.ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  async ready(): Promise<void> {
    const isReady = (): void => expect(this.output).toContain('Ctrl-C stops all of it');
    await vi.waitFor(isReady, { timeout: longestStart, interval: 200 });
  }

  interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.ended;
  }
}

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
    first = new Start();
    await first.ready();
  }, longestStart);
  afterAll(async () => {
    await first.interrupt();
  });

  it('provisions the tenant by the real deploy CLI, and says what it does', () => {
    expect(first.output).toContain('Created clients: IdP Relay API');
    expect(first.output).not.toContain(canary);
  });

  it('prints lines that work when pasted, and the README has them too', async () => {
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
  });

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

  it('says in one clear line that its ports are taken', async () => {
    const second = new Start();
    expect(await second.ended).toBe(1);
    expect(second.output.trim()).toMatch(
      /Port \d+ on localhost cannot be opened: .* npm start -- --port-offset 1000$/,
    );
  });

  it(
    'ends with Ctrl-C, and the next start has nothing to provision',
    async () => {
      expect(await first.interrupt()).toBe(0);
      await expect(fetch(`http://localhost:${3000 + portOffset}/healthz`)).rejects.toThrow();
      first = new Start();
      await first.ready();
      expect(first.output).toContain('provisioning skipped');
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
        const statuses = new Set(answers.map(({ source }) => source.slice(-3)));
        // The drive is worth something only when it saw what works and all kinds of refusals.
        for (const status of ['200', '400', '401', '403', '404', '424', '502', '503'])
          expect(statuses).toContain(status);
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
