import * as buffer from 'node:buffer';
import * as crypto from 'node:crypto';
import * as querystring from 'node:querystring';
import * as url from 'node:url';
import * as util from 'node:util';

/** Loads a library of the machine, so no Action gets it. */
const { setEngine: _setEngine, ...safeCrypto } = crypto;

/** The modules that an Action may require: those that compute, and reach nothing of this machine. */
const modules = new Map<string, object>([
  ['crypto', safeCrypto],
  ['buffer', buffer],
  ['querystring', querystring],
  ['url', url],
  ['util', util],
]);

/**
 * What `require` gives an Action.
 * @throws Error for every module that is not on the list
 */
export function requireModule(name: string): object {
  const module = modules.get(name.replace(/^node:/, ''));
  if (module !== undefined) return module;
  throw new Error(
    `Cannot find module '${name}': this local tenant gives Actions ${[...modules.keys()].join(', ')} alone`,
  );
}

/** The globals of an Action that the language itself does not have. `console` is made inside its context. */
export const sandboxGlobals = {
  AbortController,
  AbortSignal,
  Blob,
  Buffer,
  FormData,
  Headers,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  clearImmediate,
  clearInterval,
  clearTimeout,
  crypto: globalThis.crypto,
  fetch,
  queueMicrotask,
  setImmediate,
  setInterval,
  setTimeout,
  structuredClone,
};

/**
 * Takes away what objects of this thread would lead an Action to: `process`, and the constructors that make code of
 * strings, which would run outside of the Action's context.
 */
export function closeRealm(): void {
  const kinds = [
    () => undefined,
    async () => undefined,
    function* () {
      yield 0;
    },
    async function* () {
      yield 0;
    },
  ];
  for (const kind of kinds)
    Object.defineProperty(Object.getPrototypeOf(kind), 'constructor', { value: undefined });
  Reflect.deleteProperty(globalThis, 'process');
}
