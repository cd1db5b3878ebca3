import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PortUnavailableError } from '@idp-relay/local-tenant';
import { ApiFailedError } from './api-failed-error.ts';
import { openApiLog } from './api-log.ts';
import { askWhatIsLacking } from './api-readiness.ts';
import { projectFolder } from './local-paths.ts';
import { localRelayFile } from './local-relay-file.ts';

/** How the API is started. */
export interface ApiOptions {
  readonly port: number;
  readonly metricsPort: number;
  /** Dotenv file with what the deployment knows. */
  readonly settingsFile: string;
  /** File that the API's log lines go to. */
  readonly logFile: string;
  /** Further environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
  /** Longest wait for `/readyz` once the API listens, in ms; half a minute when left out. It is asked once at least. */
  readonly longestUnreadyMs?: number;
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

const longestStartMs = 30_000;

/** What the API logs once its port is its own. Another program that has the port cannot write to our child's log. */
const announcement = '"msg":"Server listening at ';

/**
 * Starts the API as production does, with its settings in the environment, and waits until it is ready. It never outlives
 * this process, nor a start that failed.
 * @throws ApiFailedError, PortUnavailableError, or the signal's reason once the API has ended
 */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { port, metricsPort, settingsFile, logFile, environment, signal } = options;
  signal?.throwIfAborted();
  const log = openApiLog(logFile);
  const api = spawn(
    process.execPath,
    [`--env-file=${settingsFile}`, join('apps', 'api', 'src', 'server.ts')],
    {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        RELAY_CONFIGURATION_FILE: localRelayFile,
        ...environment,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
      },
    },
  );
  const kill = (): boolean => api.kill();
  process.once('exit', kill);
  const progress = {
    complaint: '',
    isListening: false,
    hasEnded: false,
    deadline: Date.now() + longestStartMs,
  };
  const ended = new Promise<void>((resolve) => {
    api.once('error', () => resolve());
    api.once('close', () => resolve());
  }).then(() => {
    process.off('exit', kill);
    log.end();
    progress.hasEnded = true;
  });
  api.stdout.on('data', (chunk) => {
    log.write(String(chunk));
    if (progress.isListening || !String(chunk).includes(announcement)) return;
    progress.isListening = true;
    progress.deadline = Date.now() + (options.longestUnreadyMs ?? longestStartMs);
  });
  api.stderr.on('data', (chunk) => {
    progress.complaint += String(chunk);
    log.write(String(chunk));
  });
  const origin = `http://localhost:${port}`;
  let lacking: string | undefined = 'it does not listen';
  while (!progress.hasEnded && signal?.aborted !== true) {
    if (progress.isListening) lacking = await askWhatIsLacking(origin);
    if (lacking === undefined || Date.now() > progress.deadline) break;
    await Promise.race([setTimeout(100), ended]);
  }
  if (lacking !== undefined || progress.hasEnded || signal?.aborted === true) {
    const { hasEnded, complaint } = progress;
    api.kill();
    await ended;
    signal?.throwIfAborted();
    throw hasEnded
      ? whyItEnded(complaint, logFile)
      : new ApiFailedError(`The API was not ready in time: ${lacking ?? ''}. Its log is ${logFile}.`);
  }
  return {
    origin,
    metricsOrigin: `http://localhost:${metricsPort}`,
    ended,
    stop: async () => {
      api.kill('SIGTERM');
      await ended;
    },
  };
}

function whyItEnded(complaint: string, logFile: string): Error {
  // Its own advice is to set variables, which are the launcher's here.
  const port = /^Port (\d+) is taken/.exec(complaint)?.[1];
  if (port !== undefined) return new PortUnavailableError(Number(port), complaint);
  return new ApiFailedError(complaint.trim() || `The API ended by itself. Its log is ${logFile}.`);
}
