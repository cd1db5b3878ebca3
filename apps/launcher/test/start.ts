import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { projectFolder } from '../src/local-paths.ts';

/** Longest wait for anything that a start says, in ms. */
const longestWait = 180_000;

/** One `npm start`, as a person would have it: a group of processes of its own, and all that it printed. */
export class Start {
  output = '';
  /** The exit code. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(portOffset: number) {
    this.#child = spawn(
      process.execPath,
      [join('apps', 'launcher', 'bootstrap.mjs'), 'start', '--port-offset', String(portOffset)],
      { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk) => (this.output += String(chunk)));
    this.ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  /** Waits until it has printed this. */
  async says(text: string): Promise<void> {
    await vi.waitFor(() => expect(this.output).toContain(text), { timeout: longestWait, interval: 200 });
  }

  /**
   * Sends a signal and waits for the end: to everybody in the group, as a terminal does on Ctrl-C, or to the first process
   * alone, as a supervisor does.
   */
  interrupt(
    signal: 'SIGINT' | 'SIGTERM',
    to: 'everybody' | 'the first' = 'everybody',
  ): Promise<number | null> {
    if (to === 'the first') this.#child.kill(signal);
    else if (!this.isGone()) process.kill(-this.#pid, signal);
    return this.ended;
  }

  /** Whether every process of the group has ended. */
  isGone(): boolean {
    try {
      process.kill(-this.#pid, 0);
      return process.platform === 'linux' && !isAnyRunning(this.#pid);
    } catch {
      return true;
    }
  }

  get #pid(): number {
    if (this.#child.pid === undefined) throw new Error('The start could not be started.');
    return this.#child.pid;
  }
}

/** Whether a process of the group runs. One that has ended stays in the list until its parent, or init, looks at it. */
function isAnyRunning(group: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    const [, state, itsGroup] = /\) (\S) \d+ (\d+) /.exec(readStat(name)) ?? [];
    return Number(itsGroup) === group && state !== 'Z' && state !== 'X';
  });
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
