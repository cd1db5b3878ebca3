import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { projectFolder } from './local-paths.ts';

/** How the API is started. */
export interface ApiOptions {
  /** Dotenv file with what the deployment knows. */
  readonly settingsFile: string;
  /** File that the API's log lines go to. */
  readonly logFile: string;
  /** Further environment variables. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The API in a process of its own. */
export interface RunningApi {
  readonly origin: string;
  readonly metricsOrigin: string;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
  /** Resolves when the process ends by itself. */
  readonly ended: Promise<void>;
}

/** The API did not start; the message is what it said. */
export class ApiFailedError extends Error {
  /** Stable; branch on this. */
  readonly code = 'api_failed';
}

const longestStartMs = 30_000;

/**
 * Starts the API as production does, with its settings in the environment, and waits until it is ready.
 * @throws ApiFailedError
 */
export async function startApi({ settingsFile, logFile, environment }: ApiOptions): Promise<RunningApi> {
  const api = spawn(
    process.execPath,
    [`--env-file=${settingsFile}`, join('apps', 'api', 'src', 'server.ts')],
    {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        RELAY_CONFIGURATION_FILE: join('apps', 'launcher', 'local-relay.yaml'),
        ...environment,
      },
    },
  );
  const log = createWriteStream(logFile, { mode: 0o600 });
  api.stdout.pipe(log);
  let complaint = '';
  api.stderr.on('data', (chunk) => {
    complaint += String(chunk);
    log.write(String(chunk));
  });
  const ended = new Promise<void>((resolve) => {
    api.once('close', () => resolve());
  });
  const origin = `http://localhost:${environment.PORT ?? '3000'}`;
  const deadline = Date.now() + longestStartMs;
  while (!(await isReady(origin))) {
    if (api.exitCode !== null || Date.now() > deadline) {
      api.kill();
      throw new ApiFailedError(complaint.trim() || `The API was not ready in time: see ${logFile}.`);
    }
    await Promise.race([setTimeout(100), ended]);
  }
  return {
    origin,
    metricsOrigin: `http://localhost:${environment.METRICS_PORT ?? '9464'}`,
    ended,
    stop: async () => {
      api.kill('SIGTERM');
      await ended;
    },
  };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
  } catch {
    return false;
  }
}
