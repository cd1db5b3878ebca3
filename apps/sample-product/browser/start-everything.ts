import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where everything is. */
    readonly origins: {
      /** This app. */
      readonly app: string;
      /** The relay's API. */
      readonly relay: string;
      /** The local tenant's control interface. */
      readonly control: string;
    };
  }
}

// Ports of its own, so that the tests run beside `npm start`; but the app's own port is the one that the tenant knows.
const portOffset = 19_000;
const projectFolder = join(import.meta.dirname, '..', '..', '..');
const folder = join(projectFolder, '.data', `local-${portOffset}`);
const origins = {
  app: 'http://localhost:5174',
  relay: `http://localhost:${3000 + portOffset}`,
  control: `http://localhost:${8490 + portOffset}`,
};

/** Starts what `npm start` does, and this app as it would be deployed, once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  rmSync(folder, { recursive: true, force: true });
  const started = spawn(
    process.execPath,
    [join('apps', 'launcher', 'src', 'start.ts'), '--port-offset', String(portOffset)],
    { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => started.once('close', resolve));
    started.kill('SIGTERM');
    await ended;
  };
  await waitUntilReady(started);
  try {
    const samples = parseEnv(readFileSync(join(folder, 'samples.env'), 'utf8'));
    Object.assign(process.env, {
      VITE_TENANT_ORIGIN: samples.TENANT_ORIGIN,
      VITE_CLIENT_ID: samples.SAMPLE_PRODUCT_CLIENT_ID,
      VITE_RELAY_ORIGIN: origins.relay,
      VITE_RELAY_AUDIENCE: samples.RELAY_AUDIENCE,
    });
    const app = { root: join(import.meta.dirname, '..'), build: { outDir: join(folder, 'built') } };
    await build({ ...app, logLevel: 'error' });
    const server = await preview(app);
    project.provide('origins', origins);
    return async () => {
      await server.close();
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function waitUntilReady(started: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('idp-relay is ready.')) resolve();
      });
    }
    started.once('close', () => reject(new Error(`npm start ended by itself:\n${said}`)));
  });
}
