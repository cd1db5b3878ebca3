import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';

/** A program of the benchmark in a process of its own, so that CPU and memory are its alone. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly origin: string;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
}

/** How a {@link Child} is started. */
export interface ChildOptions {
  /** For people, in errors. */
  readonly name: string;
  /** Path of the program; it listens on `PORT` of its environment, which is the origin's. */
  readonly script: string;
  readonly nodeOptions?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly origin: string;
  /** Answers 200 once the program is ready. */
  readonly readyPath: string;
  /** Where what it prints goes: a file, which never keeps it waiting. */
  readonly logFile: string;
}

const longestStartMs = 30_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Ends every program that is still running, without ceremony: after a failure nobody needs them. */
export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Sees to it that a process never outlives this one. */
export function keepTrack(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/**
 * Starts a program by the Node that runs this one and waits until it answers. It never outlives this process.
 * @throws BenchError with the end of what it printed
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, script, environment, origin, readyPath, logFile, nodeOptions = [] } = options;
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [...nodeOptions, script], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      ...environment,
      PORT: new URL(origin).port,
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  keepTrack(child);
  const deadline = Date.now() + longestStartMs;
  while (!(await isReady(`${origin}${readyPath}`))) {
    if (hasEnded(child) || Date.now() > deadline) {
      child.kill('SIGKILL');
      const end = readFileSync(logFile, 'utf8').slice(-2_000);
      throw new BenchError(`${name} did not start. The last that it said:\n${end}`);
    }
    await setTimeout(50);
  }
  const { pid } = child;
  if (pid === undefined) throw new BenchError(`${name} has no process.`);
  return { name, pid, origin, stop: () => stopChild(child) };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Asks a process to end, and waits for it. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
