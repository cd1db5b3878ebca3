/** What the code inside the context may ask of the sandbox outside: strings in, strings out. */
export interface Bridge {
  /** A command of the tenant, as JSON. */
  readonly command: (json: string) => void;
  readonly print: (text: string) => void;
  /** The record of a key as JSON, or undefined. */
  readonly cacheGet: (key: string) => string | undefined;
  /** The answer as JSON; options too. */
  readonly cacheSet: (key: string, value: string, options: string) => string;
  readonly cacheDelete: (key: string) => string;
}

/** What an Action's handler is called with, besides the global `console`. */
export interface InstalledApi {
  readonly event: object;
  readonly api: object;
}

/**
 * Makes `event`, `api` and `console` of a post-login Action. Its text is run inside the Action's own context, so every
 * object that the code gets hold of is of that context; it must not refer to anything outside of itself.
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-api-object
 */
export function installApi(bridge: Bridge, eventJson: string, secretsJson: string): InstalledApi {
  const send = (command: object): void => bridge.command(JSON.stringify(command));
  const shown = (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.stack ?? String(value);
    try {
      const json: unknown = JSON.stringify(value);
      return typeof json === 'string' ? json : String(value);
    } catch {
      return String(value);
    }
  };
  const print = (...values: unknown[]): void => bridge.print(values.map(shown).join(' '));
  Object.defineProperty(globalThis, 'console', {
    value: { log: print, info: print, warn: print, error: print, debug: print },
    configurable: true,
    writable: true,
  });

  const text = (value: unknown, what: string): string => {
    if (typeof value === 'string') return value;
    throw new TypeError(`${what} must be a string`);
  };
  const setClaim =
    (type: string) =>
    (key: unknown, value: unknown): object => {
      // What JSON leaves out is a claim taken back.
      send({ type, key: text(key, 'key'), value: value === undefined ? null : value });
      return api;
    };
  const withScope =
    (type: string) =>
    (scope: unknown): object => {
      send({ type, scope: text(scope, 'scope') });
      return api;
    };

  const guard = (path: string, methods: object): object =>
    new Proxy(methods, {
      get(target, name, receiver): unknown {
        // `then` and symbols are asked for by the language itself.
        if (typeof name === 'symbol' || name === 'then' || name in target)
          return Reflect.get(target, name, receiver);
        const missing = `${path}.${name}`;
        const refuse = (): never => {
          throw new Error(`${missing} is not implemented by this local tenant`);
        };
        return path === 'api'
          ? guard(missing, {})
          : Object.defineProperty(refuse, 'name', { value: missing });
      },
    });

  const api = guard('api', {
    access: guard('api.access', {
      deny: (reason: unknown): object => {
        send({ type: 'access.deny', reason: text(reason, 'reason') });
        return api;
      },
    }),
    accessToken: guard('api.accessToken', {
      setCustomClaim: setClaim('accessToken.setCustomClaim'),
      addScope: withScope('accessToken.addScope'),
      removeScope: withScope('accessToken.removeScope'),
    }),
    idToken: guard('api.idToken', { setCustomClaim: setClaim('idToken.setCustomClaim') }),
    user: guard('api.user', {
      setAppMetadata: setClaim('user.setAppMetadata'),
      setUserMetadata: setClaim('user.setUserMetadata'),
    }),
    cache: guard('api.cache', {
      get: (key: unknown): unknown => {
        const record = bridge.cacheGet(text(key, 'key'));
        return record === undefined ? undefined : JSON.parse(record);
      },
      set: (key: unknown, value: unknown, options: object = {}): unknown =>
        JSON.parse(bridge.cacheSet(text(key, 'key'), text(value, 'value'), JSON.stringify(options))),
      delete: (key: unknown): unknown => JSON.parse(bridge.cacheDelete(text(key, 'key'))),
    }),
  });
  const event: unknown = JSON.parse(eventJson);
  const secrets: unknown = JSON.parse(secretsJson);
  return { event: Object.assign({}, event, { secrets }), api };
}
