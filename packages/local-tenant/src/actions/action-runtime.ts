import { randomUUID } from 'node:crypto';
import { isoTime, type Clock } from '../clock.ts';
import { ActionCache } from './action-cache.ts';
import type { ActionBinding, ActionVersion, Action } from './action-state.ts';
import { runInSandbox, type ActionResult } from './sandbox/run-in-sandbox.ts';
import type { SandboxCommand } from './sandbox/sandbox-messages.ts';

/** A bound Action, and the version of it that runs. */
export interface BoundAction {
  readonly binding: ActionBinding;
  readonly action: Action;
  readonly version: ActionVersion;
}

/** One execution of a trigger. */
export interface Execution {
  readonly id: string;
  readonly trigger_id: string;
  /** ISO 8601. */
  readonly created_at: string;
  /** Of every Action that was begun, in order. */
  readonly results: readonly (ActionResult & { readonly bound: BoundAction })[];
  /** What the Actions asked for. */
  readonly commands: readonly SandboxCommand[];
}

/** Milliseconds for all Actions of one execution (https://auth0.com/docs/customize/actions/limitations). */
export const defaultTimeLimit = 20_000;
/** Threads at a time; more logins wait, so that a burst of them does not take the machine. */
const mostThreads = 4;
const mostExecutionsKept = 100;

/** Runs the tenant's Actions, and keeps their cache and their last executions. Gone with the process. */
export class ActionRuntime {
  readonly #clock: Clock;
  readonly #timeLimit: number;
  readonly #cache: ActionCache;
  readonly #executions: Execution[] = [];
  readonly #waiting: (() => void)[] = [];
  #threads = 0;

  /** @param timeLimit milliseconds for all Actions of one execution */
  constructor(clock: Clock, timeLimit: number) {
    this.#clock = clock;
    this.#timeLimit = timeLimit;
    this.#cache = new ActionCache(() => clock.now());
  }

  /** The last hundred executions, newest last. */
  get executions(): readonly Execution[] {
    return this.#executions;
  }

  /** Runs Actions in their order until one throws or denies access. */
  async execute(triggerId: string, bound: readonly BoundAction[], event: object): Promise<Execution> {
    await this.#takeThread();
    try {
      const now = this.#clock.now();
      const task = {
        actions: bound.map(({ action: { name }, version: { code, secrets } }) => ({
          name,
          code,
          secrets: Object.fromEntries(secrets.map((secret) => [secret.name, secret.value])),
        })),
        event: JSON.stringify(event),
        cache: this.#cache.records(),
        now,
      };
      const { results, commands } = await runInSandbox(task, this.#timeLimit);
      for (const command of commands)
        if (command.type === 'cache.set' || command.type === 'cache.delete') this.#cache.apply(command);
      const execution: Execution = {
        id: randomUUID(),
        trigger_id: triggerId,
        created_at: isoTime(now),
        results: results.flatMap((result, index) => {
          const of = bound[index];
          return of === undefined ? [] : [{ ...result, bound: of }];
        }),
        commands,
      };
      this.#executions.push(execution);
      if (this.#executions.length > mostExecutionsKept) this.#executions.shift();
      return execution;
    } finally {
      const next = this.#waiting.shift();
      // A login that waits takes the place over, before any that comes now.
      if (next === undefined) this.#threads -= 1;
      else next();
    }
  }

  async #takeThread(): Promise<void> {
    if (this.#threads < mostThreads) this.#threads += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
