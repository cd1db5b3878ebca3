import { Worker } from 'node:worker_threads';
import {
  SandboxMessage,
  type ActionError,
  type SandboxCommand,
  type SandboxTask,
} from './sandbox-messages.ts';

/** What came of one Action. */
export interface ActionResult {
  /** Lines that it wrote to the console, cut as Auth0 cuts them. */
  readonly console: readonly string[];
  /** Milliseconds since the epoch, by the machine's clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Set where it threw, ran out of time or memory. */
  readonly error?: ActionError;
}

/** What came of one execution of a trigger. */
export interface SandboxResult {
  /** Of every Action that was begun. */
  readonly results: readonly ActionResult[];
  /** What the Actions asked for, in order. */
  readonly commands: readonly SandboxCommand[];
}

const workerFile = new URL('./sandbox-worker.ts', import.meta.url);
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/**
 * Runs Actions in a thread that is ended at the last of them, or when the time is over.
 * @param timeLimit milliseconds for all of them
 */
export function runInSandbox(task: SandboxTask, timeLimit: number): Promise<SandboxResult> {
  const commands: SandboxCommand[] = [];
  const results: ActionResult[] = [];
  let running: { console: string[]; startedAt: number } | undefined;
  const end = (error?: ActionError): void => {
    if (running === undefined) return;
    results.push({ ...running, endedAt: Date.now(), ...(error !== undefined && { error }) });
    running = undefined;
  };
  const worker = new Worker(workerFile, {
    workerData: task,
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits,
  });
  return new Promise((resolve) => {
    let isOver = false;
    const finish = (error?: ActionError): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      // What ends before any Action was begun is the first one's failure.
      if (error !== undefined && results.length === 0) running ??= { console: [], startedAt: Date.now() };
      end(error);
      void worker.terminate();
      resolve({ results, commands });
    };
    const timer = setTimeout(() => {
      finish({
        name: 'TimeoutError',
        message: `The trigger did not complete within ${String(timeLimit / 1000)} seconds`,
      });
    }, timeLimit);
    worker.on('message', (value: unknown) => {
      const { success, data } = SandboxMessage.safeParse(value);
      if (!success) {
        finish({ name: 'TypeError', message: 'The api was called with values that it does not take' });
      } else if (data.type === 'started') running = { console: [], startedAt: Date.now() };
      else if (data.type === 'command') commands.push(data.command);
      else if (data.type === 'console') running?.console.push(data.text);
      else if (data.type === 'ended') end(data.error);
      else finish();
    });
    worker.on('error', (error: unknown) => {
      finish(
        error instanceof Error
          ? { name: error.name, message: error.message }
          : { name: 'Error', message: String(error) },
      );
    });
    worker.on('exit', () => finish({ name: 'Error', message: 'The sandbox ended early' }));
  });
}
