import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { audience, clients, provision, signTokenFor } from './test-relay.ts';

/** What the processes have in common. */
export interface RelayProcessesOptions {
  /** Left out: each process has an embedded database of its own. */
  readonly databaseUrl?: string;
  /** Text of the configuration file. */
  readonly configuration: string;
  /** Further environment variables, those among them that the configuration names. */
  readonly environment: (tenant: LocalTenant) => Readonly<Record<string, string>>;
}

/** An answer of a relay, to the end. */
export interface RelayAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The API in a process of its own. */
export interface RelayProcess {
  readonly origin: string;
  /** Calls as a user. Undefined: the connection broke before the answer was over. */
  call(path: string, userId: string): Promise<RelayAnswer | undefined>;
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGTERM' | 'SIGWINCH'): void;
  /** Resolves when it is gone, with its exit code and everything that it printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly printed: string }>;
  /** Ends it on the spot; resolves when it is gone. */
  kill(): Promise<void>;
}

/** A tenant and as many processes of the API as are started; all of them share one database. */
export interface RelayProcesses {
  readonly tenant: LocalTenant;
  /** Starts the API as production does. */
  start(environment?: Readonly<Record<string, string>>): Promise<RelayProcess>;
  /** Kills every process and ends the tenant. */
  close(): Promise<void>;
}

/** Starts the tenant, and no process yet. */
export async function startRelayProcesses(options: RelayProcessesOptions): Promise<RelayProcesses> {
  const folder = mkdtempSync(join(tmpdir(), 'processes-'));
  const tenant = await startLocalTenant({ plan: 'unlimited', folder: join(folder, 'tenant') });
  writeFileSync(join(folder, 'relay.yaml'), options.configuration);
  const common = {
    PATH: process.env.PATH ?? '',
    NODE_EXTRA_CA_CERTS: tenant.authorityFile ?? '',
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CUSTOM_DOMAINS: tenant.origins.tenantHttp,
    AUTH0_CLIENT_ID: clients.relay,
    AUTH0_CLIENT_SECRET: provision(tenant),
    RELAY_AUDIENCE: audience,
    RELAY_CONFIGURATION_FILE: join(folder, 'relay.yaml'),
    RELAY_DATA_FOLDER: join(folder, 'data'),
    ...(options.databaseUrl !== undefined && {
      DATABASE_URL: options.databaseUrl,
      RELAY_ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    }),
    PORT: '0',
    METRICS_PORT: '0',
    ...options.environment(tenant),
  };
  const children: ChildProcess[] = [];
  return {
    tenant,
    start: async (environment) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'server.ts')], {
        env: { ...common, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
        ([, ...printed]) => ({ code: child.exitCode, printed: printed.join('') }),
      );
      const origin = await originOf(child);
      return {
        origin,
        call: async (path, userId) => {
          const token = await signTokenFor(tenant, userId);
          try {
            const response = await fetch(`${origin}${path}`, {
              headers: { authorization: `Bearer ${token}` },
            });
            return { status: response.status, body: await response.json() };
          } catch {
            return undefined;
          }
        },
        ended,
        signal: (signal) => void child.kill(signal),
        kill: async () => {
          const gone = once(child, 'close');
          child.kill('SIGKILL');
          await gone;
        },
      };
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await tenant.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function originOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: unknown): void => {
      said += String(chunk);
      const origin = /Server listening at (http:[^"]+)/.exec(said)?.[1];
      if (origin !== undefined) resolve(origin);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', () => reject(new Error(said)));
  });
}
