import { compileFunction, constants, createContext, runInContext, type Context } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { ActionCache, type CacheAnswer, type CacheChange } from '../action-cache.ts';
import { installApi, type Bridge, type InstalledApi } from './install-api.ts';
import { closeRealm, requireModule, sandboxGlobals } from './sandbox-globals.ts';
import {
  CacheOptions,
  SandboxCommand,
  SandboxTask,
  type ActionError,
  type SandboxMessage,
} from './sandbox-messages.ts';

/**
 * Runs the Actions of one execution of a trigger, each in a context of its own, and tells what they ask for. The thread
 * has no environment, and ends with the execution. `node:vm` is no wall against an attacker: what runs here is code that
 * somebody deployed to a tenant of their own.
 */

/** Characters of console output that are kept of an Action. */
const longestConsole = 256;
/** Commands that one execution may give. */
const mostCommands = 1000;

const task = SandboxTask.parse(workerData);
const cache = new ActionCache(() => task.now, task.cache);
const told = { commands: 0, denial: false };

// An Action that waits for nothing would end the thread; it is to run out of time, as in Auth0.
parentPort?.on('message', () => undefined);
closeRealm();
for (const action of task.actions) {
  if (told.denial) break;
  tell({ type: 'started' });
  const error = await run(action);
  tell({ type: 'ended', ...(error !== undefined && { error }) });
  if (error !== undefined) break;
}
tell({ type: 'done' });

function tell(message: SandboxMessage): void {
  parentPort?.postMessage(message);
}

async function run(action: SandboxTask['actions'][number]): Promise<ActionError | undefined> {
  const file = `${action.name}.js`;
  try {
    const context = createContext(constants.DONT_CONTEXTIFY, {
      codeGeneration: { strings: false, wasm: false },
    });
    Object.assign(context, sandboxGlobals);
    const { event, api } = install(context, JSON.stringify(action.secrets));
    const handler = load(context, action.code, file);
    await Reflect.apply(handler, undefined, [event, api]);
    return undefined;
  } catch (error) {
    return describe(error, file);
  }
}

function install(context: Context, secrets: string): InstalledApi {
  const installInContext: unknown = runInContext(`(${installApi.toString()})`, context);
  if (typeof installInContext !== 'function') throw new TypeError('the api cannot be installed');
  const installed: unknown = Reflect.apply(installInContext, undefined, [newBridge(), task.event, secrets]);
  if (!isInstalled(installed)) throw new TypeError('the api cannot be installed');
  return installed;
}

function isInstalled(value: unknown): value is InstalledApi {
  return typeof value === 'object' && value !== null && 'event' in value && 'api' in value;
}

/** A CommonJS module's handler. */
function load(context: Context, code: string, file: string): (...values: unknown[]) => unknown {
  const module: unknown = runInContext('({ exports: {} })', context);
  if (typeof module !== 'object' || module === null) throw new TypeError('no module can be made');
  const body = compileFunction(code, ['exports', 'require', 'module'], {
    parsingContext: context,
    filename: file,
  });
  Reflect.apply(body, undefined, [Reflect.get(module, 'exports'), requireModule, module]);
  const exported: unknown = Reflect.get(module, 'exports');
  const handler: unknown =
    typeof exported === 'object' && exported !== null
      ? Reflect.get(exported, 'onExecutePostLogin')
      : undefined;
  if (isCallable(handler)) return handler;
  throw new TypeError('exports.onExecutePostLogin is not a function');
}

function isCallable(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === 'function';
}

function newBridge(): Bridge {
  let printed = 0;
  const command = (json: string): void => {
    told.commands += 1;
    if (told.commands > mostCommands) throw new RangeError('MaxSideEffectsExceeded');
    const parsed = SandboxCommand.parse(JSON.parse(json));
    told.denial ||= parsed.type === 'access.deny';
    tell({ type: 'command', command: parsed });
  };
  const changed = (answer: CacheAnswer, change: (answer: CacheAnswer) => CacheChange | undefined): string => {
    const made = answer.type === 'success' ? change(answer) : undefined;
    if (made !== undefined) command(JSON.stringify(made));
    return JSON.stringify(answer);
  };
  return {
    command,
    print: (text) => {
      const kept = text.slice(0, Math.max(0, longestConsole - printed));
      printed += kept.length;
      if (kept !== '') tell({ type: 'console', text: kept });
    },
    cacheGet: (key) => {
      const record = cache.get(key);
      return record && JSON.stringify(record);
    },
    cacheSet: (key, value, options) =>
      changed(cache.set(key, value, CacheOptions.parse(JSON.parse(options))), (answer) =>
        answer.type === 'success' && answer.record !== undefined
          ? { type: 'cache.set', key, record: answer.record }
          : undefined,
      ),
    cacheDelete: (key) => changed(cache.delete(key), () => ({ type: 'cache.delete', key })),
  };
}

/** What was thrown may be of another context, or no error at all. Of the stack, only the Action's own lines are kept. */
function describe(error: unknown, file: string): ActionError {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const read = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  const lines = read('stack')?.split('\n') ?? [];
  const own = lines.filter((line) => line.includes(`${file}:`)).join('\n');
  return {
    name: read('name') ?? 'Error',
    message: read('message') ?? 'Something without a message was thrown',
    ...(own !== '' && { stack: own }),
  };
}
