import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { Secret, type ClientCredentials, type VaultClient, type VaultWorker } from '@idp-relay/idp-tokens';
import { z } from 'zod';

const host = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d+)?$/i, 'a host such as example.us.auth0.com, without https:// and without a path')
  // As Auth0 writes it in the tokens that it issues.
  .toLowerCase();

const origin = z
  .url()
  .refine((text) => isOrigin(text), 'an origin such as https://login.example.com, without a path');

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));

const wholeNumber = (smallest: number, largest: number, shape: string) =>
  z.coerce.number(shape).int(shape).min(smallest, shape).max(largest, shape);
const milliseconds = (smallest: number) =>
  wholeNumber(smallest, 2 ** 31 - 1, `a whole number of milliseconds, at least ${smallest}`);
const port = wholeNumber(0, 65_535, 'a port number from 0 (any free one) to 65535');
const count = wholeNumber(1, 1e9, 'a whole number, at least 1');
const network = z
  .string()
  .refine(isNetwork, 'addresses such as 10.0.0.1, networks such as 10.0.0.0/8, or loopback');
const sharedSecret = z.string().min(32, 'a random text of at least 32 characters (openssl rand -hex 32)');
const filled = z.string().min(1, 'a text that is not empty');

/**
 * Every environment variable of the API: what it means, what it looks like, what it is when left out.
 * The README's table is made from this.
 */
export const environmentSchema = z.object({
  AUTH0_DOMAIN: host.describe("The tenant's own domain (not a custom one): where the Management API is."),
  AUTH0_CUSTOM_DOMAINS: list(origin)
    .default([])
    .describe(
      "Origins of the tenant's custom domains, comma-separated. Access tokens they issue are accepted too.",
    ),
  AUTH0_CLIENT_ID: filled.describe('Client id of the machine-to-machine client that reads IdP tokens.'),
  AUTH0_CLIENT_SECRET: filled
    .optional()
    .describe("That client's secret. Either this or AUTH0_PRIVATE_KEY_FILE."),
  AUTH0_PRIVATE_KEY_FILE: filled
    .optional()
    .describe('File with a PKCS #8 PEM private key, for clients that authenticate by private_key_jwt.'),
  AUTH0_PRIVATE_KEY_ID: filled.optional().describe('Key id (kid) of that key, where the client has several.'),
  AUTH0_PRIVATE_KEY_ALGORITHM: z
    .enum(['RS256', 'RS384', 'PS256'])
    .default('RS256')
    .describe('Algorithm of that key.'),
  RELAY_AUDIENCE: filled.describe(
    "Identifier of the relay's API in the tenant: the audience that access tokens must have.",
  ),
  RELAY_CONFIGURATION_FILE: filled.describe(
    'YAML file with the policy and the operators’ settings of connections.',
  ),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  PORT: port.default(3000).describe('Port of the API.'),
  METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address that /metrics listens on. It asks nobody who they are: keep it where callers do not come.',
    ),
  METRICS_PORT: port.default(9464).describe('Port of /metrics.'),
  TRUSTED_PROXIES: list(network)
    .default([])
    .describe(
      'Addresses or networks of reverse proxies whose forwarded headers are believed, comma-separated.',
    ),
  CORS_ORIGINS: list(origin)
    .default([])
    .describe('Origins of web apps that may call the API from a browser, comma-separated.'),
  DASHBOARD_CLIENT_ID: filled
    .optional()
    .describe('Client id of the dashboard’s single-page app. Without it no dashboard is served.'),
  DASHBOARD_TENANT_ORIGIN: origin
    .optional()
    .describe('Where operators sign in, such as the custom domain. The tenant’s own domain when left out.'),
  DASHBOARD_FOLDER: filled
    .default('apps/admin/dist')
    .describe('Folder with the built dashboard (pnpm --filter @idp-relay/admin build).'),
  TOKEN_VAULT_CLIENT_ID: filled
    .optional()
    .describe(
      "Client id of the relay API's own client, for connections that keep their tokens in Token Vault. Serves calls on /v1/me.",
    ),
  TOKEN_VAULT_CLIENT_SECRET: filled.optional().describe("That client's secret."),
  TOKEN_VAULT_WORKER_CLIENT_ID: filled
    .optional()
    .describe('Client id of the privileged worker for Token Vault. Serves calls of backends.'),
  TOKEN_VAULT_WORKER_KEY_FILE: filled
    .optional()
    .describe('File with that client’s RSA private key, as PKCS #8 PEM.'),
  TOKEN_VAULT_WORKER_KEY_ID: filled
    .optional()
    .describe('Key id (kid) of that key, where the client has several.'),
  DOCTOR_CLIENT_ID: filled
    .optional()
    .describe(
      'Client id of a client that may read the tenant’s settings. Without it the dashboard does not examine the tenant.',
    ),
  DOCTOR_CLIENT_SECRET: filled.optional().describe("That client's secret."),
  DOCTOR_LIFETIME_MS: milliseconds(0)
    .default(60_000)
    .describe('How long an examination of the tenant is answered again before a new one is made, in ms.'),
  DATABASE_URL: filled
    .optional()
    .describe(
      'Postgres server for renewed tokens, such as postgres://user:password@host/database. An embedded one when left out.',
    ),
  RELAY_DATA_FOLDER: filled
    .default('.data/relay')
    .describe('Folder of the embedded database and of the encryption key that it makes itself.'),
  RELAY_ENCRYPTION_KEYS: filled
    .optional()
    .describe(
      'Keys that kept tokens are encrypted under, as id:base64 of 32 bytes, comma-separated; the first one is for new rows. Needed with DATABASE_URL.',
    ),
  IDP_TOKEN_TIMEOUT_MS: milliseconds(1)
    .default(10_000)
    .describe("Time limit of one request to an IdP's token endpoint, in milliseconds."),
  NOTICE_SECRET: sharedSecret
    .optional()
    .describe(
      'Secret that the post-login Action signs its notices with, of 32 characters or more. Without it no such notices are taken.',
    ),
  LOG_STREAM_TOKEN: sharedSecret
    .optional()
    .describe(
      'Token that the tenant’s log stream brings, of 32 characters or more. Without it no log events are taken.',
    ),
  ID_TOKEN_CLIENTS: list(filled.regex(/^[^:]+:(RS256|HS256)$/, 'client_id:RS256 or client_id:HS256'))
    .default([])
    .describe(
      'Clients whose ID tokens are accepted on /v1/me, as client_id:algorithm, comma-separated. None when left out.',
    ),
  ID_TOKEN_CLIENT_SECRETS: list(filled.regex(/^[^:]+:.+$/, 'client_id:secret'))
    .default([])
    .describe(
      'Secrets of those clients whose ID tokens are signed by HS256, as client_id:secret, comma-separated.',
    ),
  PROFILE_LIFETIME_MS: milliseconds(0)
    .default(60_000)
    .describe(
      'How long a user profile is used without asking Auth0 again, in ms. A blocked user is noticed within it.',
    ),
  PROFILE_CACHE_SIZE: count.default(10_000).describe('How many user profiles are kept in memory.'),
  PROFILE_CACHE_MEGABYTES: count
    .default(64)
    .describe('How much memory those profiles may take, about, in MB; the least recently used go first.'),
  EXPIRY_MARGIN_MS: milliseconds(0)
    .default(300_000)
    .describe('A token that ends sooner than this counts as about to end, in ms.'),
  AUTH0_TIMEOUT_MS: milliseconds(1).default(5_000).describe('Time limit of one request to Auth0, in ms.'),
  REQUEST_DEADLINE_MS: milliseconds(1)
    .default(15_000)
    .describe(
      'Longest time from a request to the first byte sent to the IdP, waits for rate limits included, in ms; and for a body that the relay reads itself, such as a notice.',
    ),
  IDP_HEADERS_TIMEOUT_MS: milliseconds(1)
    .default(30_000)
    .describe("Longest wait for the IdP's status and headers, in ms."),
  IDP_IDLE_TIMEOUT_MS: milliseconds(1)
    .default(30_000)
    .describe('Longest silence within a body, from either side, in ms.'),
  MAX_CALLS_UNDER_WAY: count
    .default(2_000)
    .describe(
      'Relayed calls at once in this process. Further ones are refused (503) instead of slowing all.',
    ),
  MAX_EVENT_LOOP_DELAY_MS: milliseconds(10)
    .default(500)
    .describe(
      'A process that lags behind by more than this, in ms, refuses requests (503) until it has caught up.',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('How much is logged.'),
});

const descriptions = new Map(
  Object.entries(environmentSchema.shape).map(([name, schema]) => [name, schema.description ?? '']),
);

/** A client whose ID tokens are accepted. */
export interface IdTokenClient {
  readonly clientId: string;
  readonly algorithm: 'RS256' | 'HS256';
  /** Of HS256 clients. */
  readonly clientSecret?: Secret;
}

/** The API's configuration: read once at the start, never changed. Durations are in milliseconds. */
export interface Config {
  readonly domain: string;
  /** Who may issue access tokens, each with a trailing slash. */
  readonly issuers: readonly string[];
  readonly audience: string;
  readonly clientId: string;
  readonly credentials: ClientCredentials;
  readonly configurationFile: string;
  readonly host: string;
  readonly port: number;
  readonly metricsHost: string;
  readonly metricsPort: number;
  readonly trustedProxies: readonly string[];
  readonly corsOrigins: readonly string[];
  /** Origin of the tenant as browsers reach it. */
  readonly tenantOrigin: string;
  /** Left out: no dashboard is served. */
  readonly dashboard?: {
    readonly clientId: string;
    /** Folder with the built files. */
    readonly folder: string;
  };
  /** Clients that exchange tokens with Token Vault. Left out: connections that keep tokens there give none. */
  readonly tokenVault?: { readonly api?: VaultClient; readonly worker?: VaultWorker };
  /** The client that may read the tenant's settings. Left out: the tenant is not examined. */
  readonly doctor?: {
    readonly clientId: string;
    readonly clientSecret: Secret;
    /** How long an examination is answered again. */
    readonly lifetimeMs: number;
  };
  /** Where renewed tokens are kept. */
  readonly storage: {
    /** Left out: the embedded database in the folder. */
    readonly databaseUrl?: Secret;
    readonly folder: string;
    /** Left out: a key that is made in the folder. */
    readonly encryptionKeys?: Secret;
  };
  readonly idpTokenTimeoutMs: number;
  /** Left out: notices of that kind are not taken. */
  readonly notices: { readonly noticeSecret?: Secret; readonly logStreamToken?: Secret };
  readonly idTokenClients: readonly IdTokenClient[];
  readonly profileLifetimeMs: number;
  readonly profileCacheSize: number;
  readonly profileCacheBytes: number;
  readonly expiryMarginMs: number;
  readonly auth0TimeoutMs: number;
  readonly requestDeadlineMs: number;
  readonly idpHeadersTimeoutMs: number;
  readonly idpIdleTimeoutMs: number;
  readonly maxCallsUnderWay: number;
  readonly maxEventLoopDelayMs: number;
  readonly logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
}

/** Some environment variables are missing or wrong; the message names all of them. Values are not in it. */
export class ConfigError extends Error {
  /** Stable; branch on this. */
  readonly code = 'config_invalid';
  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the configuration from environment variables. An empty variable counts as left out.
 * @throws ConfigError
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        if (!(name in given)) return `${name} is missing: ${descriptions.get(name) ?? ''}`;
        return `${name} is not right: it should be ${issue.message}`;
      }),
    );
  }
  const variables = parsed.data;
  return {
    domain: variables.AUTH0_DOMAIN,
    issuers: [
      `https://${variables.AUTH0_DOMAIN}/`,
      ...variables.AUTH0_CUSTOM_DOMAINS.map((custom) => `${custom}/`),
    ],
    audience: variables.RELAY_AUDIENCE,
    clientId: variables.AUTH0_CLIENT_ID,
    credentials: readCredentials(variables),
    configurationFile: variables.RELAY_CONFIGURATION_FILE,
    host: variables.HOST,
    port: variables.PORT,
    metricsHost: variables.METRICS_HOST,
    metricsPort: variables.METRICS_PORT,
    trustedProxies: variables.TRUSTED_PROXIES,
    corsOrigins: variables.CORS_ORIGINS,
    tenantOrigin: variables.DASHBOARD_TENANT_ORIGIN ?? `https://${variables.AUTH0_DOMAIN}`,
    ...(variables.DASHBOARD_CLIENT_ID !== undefined && {
      dashboard: { clientId: variables.DASHBOARD_CLIENT_ID, folder: variables.DASHBOARD_FOLDER },
    }),
    ...readTokenVault(variables),
    ...readDoctor(variables),
    storage: readStorage(variables),
    idpTokenTimeoutMs: variables.IDP_TOKEN_TIMEOUT_MS,
    notices: {
      ...(variables.NOTICE_SECRET !== undefined && { noticeSecret: new Secret(variables.NOTICE_SECRET) }),
      ...(variables.LOG_STREAM_TOKEN !== undefined && {
        logStreamToken: new Secret(variables.LOG_STREAM_TOKEN),
      }),
    },
    idTokenClients: readIdTokenClients(variables),
    profileLifetimeMs: variables.PROFILE_LIFETIME_MS,
    profileCacheSize: variables.PROFILE_CACHE_SIZE,
    profileCacheBytes: variables.PROFILE_CACHE_MEGABYTES * 1_000_000,
    expiryMarginMs: variables.EXPIRY_MARGIN_MS,
    auth0TimeoutMs: variables.AUTH0_TIMEOUT_MS,
    requestDeadlineMs: variables.REQUEST_DEADLINE_MS,
    idpHeadersTimeoutMs: variables.IDP_HEADERS_TIMEOUT_MS,
    idpIdleTimeoutMs: variables.IDP_IDLE_TIMEOUT_MS,
    maxCallsUnderWay: variables.MAX_CALLS_UNDER_WAY,
    maxEventLoopDelayMs: variables.MAX_EVENT_LOOP_DELAY_MS,
    logLevel: variables.LOG_LEVEL,
  };
}

type Variables = z.infer<typeof environmentSchema>;

function readCredentials(variables: Variables): ClientCredentials {
  const {
    AUTH0_CLIENT_SECRET: secret,
    AUTH0_PRIVATE_KEY_FILE: file,
    AUTH0_PRIVATE_KEY_ID: keyId,
  } = variables;
  if ((secret === undefined) === (file === undefined)) {
    throw new ConfigError([
      'Set one of AUTH0_CLIENT_SECRET and AUTH0_PRIVATE_KEY_FILE: how the client authenticates.',
    ]);
  }
  if (secret !== undefined) return { method: 'client_secret_post', clientSecret: new Secret(secret) };
  return {
    method: 'private_key_jwt',
    privateKeyPem: new Secret(readKeyFile('AUTH0_PRIVATE_KEY_FILE', file ?? '')),
    ...(keyId !== undefined && { keyId }),
    algorithm: variables.AUTH0_PRIVATE_KEY_ALGORITHM,
  };
}

function readTokenVault(variables: Variables): Pick<Config, 'tokenVault'> {
  const {
    TOKEN_VAULT_CLIENT_ID: apiId,
    TOKEN_VAULT_CLIENT_SECRET: apiSecret,
    TOKEN_VAULT_WORKER_CLIENT_ID: workerId,
    TOKEN_VAULT_WORKER_KEY_FILE: workerKey,
    TOKEN_VAULT_WORKER_KEY_ID: keyId,
  } = variables;
  if ((apiId === undefined) !== (apiSecret === undefined))
    throw new ConfigError(['Set both of TOKEN_VAULT_CLIENT_ID and TOKEN_VAULT_CLIENT_SECRET, or none.']);
  if ((workerId === undefined) !== (workerKey === undefined))
    throw new ConfigError([
      'Set both of TOKEN_VAULT_WORKER_CLIENT_ID and TOKEN_VAULT_WORKER_KEY_FILE, or none.',
    ]);
  const api = apiId !== undefined &&
    apiSecret !== undefined && {
      api: {
        clientId: apiId,
        credentials: { method: 'client_secret_post' as const, clientSecret: new Secret(apiSecret) },
      },
    };
  const worker = workerId !== undefined &&
    workerKey !== undefined && {
      worker: {
        clientId: workerId,
        credentials: {
          method: 'private_key_jwt' as const,
          privateKeyPem: new Secret(readKeyFile('TOKEN_VAULT_WORKER_KEY_FILE', workerKey)),
          ...(keyId !== undefined && { keyId }),
          algorithm: 'RS256' as const,
        },
      },
    };
  return api === false && worker === false ? {} : { tokenVault: { ...api, ...worker } };
}

function readDoctor({
  DOCTOR_CLIENT_ID: clientId,
  DOCTOR_CLIENT_SECRET: secret,
  DOCTOR_LIFETIME_MS: lifetimeMs,
}: Variables): Pick<Config, 'doctor'> {
  if ((clientId === undefined) !== (secret === undefined))
    throw new ConfigError(['Set both of DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET, or none.']);
  return clientId === undefined || secret === undefined
    ? {}
    : { doctor: { clientId, clientSecret: new Secret(secret), lifetimeMs } };
}

function readStorage(variables: Variables): Config['storage'] {
  const { DATABASE_URL: url, RELAY_DATA_FOLDER: folder, RELAY_ENCRYPTION_KEYS: keys } = variables;
  if (url !== undefined && keys === undefined) {
    throw new ConfigError([
      'RELAY_ENCRYPTION_KEYS is missing: processes that share a database must share the keys. `openssl rand -base64 32` makes one.',
    ]);
  }
  return {
    ...(url !== undefined && { databaseUrl: new Secret(url) }),
    folder,
    ...(keys !== undefined && { encryptionKeys: new Secret(keys) }),
  };
}

function readKeyFile(variable: string, file: string): string {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`${variable} names ${file}, which cannot be read.`]);
  }
  if (!pem.includes('BEGIN PRIVATE KEY') || !isRsaKey(pem)) {
    throw new ConfigError([
      `${variable} names ${file}, which is not an RSA key as PKCS #8 PEM ("BEGIN PRIVATE KEY").`,
    ]);
  }
  return pem;
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function readIdTokenClients(variables: Variables): IdTokenClient[] {
  const secrets = new Map(variables.ID_TOKEN_CLIENT_SECRETS.map((pair) => splitOnce(pair)));
  return variables.ID_TOKEN_CLIENTS.map((pair) => {
    const [clientId, algorithm] = splitOnce(pair);
    if (algorithm === 'RS256') return { clientId, algorithm };
    const secret = secrets.get(clientId);
    if (secret === undefined) {
      throw new ConfigError([
        `ID_TOKEN_CLIENT_SECRETS lacks ${clientId}, whose ID tokens are to be verified by HS256.`,
      ]);
    }
    return { clientId, algorithm: 'HS256', clientSecret: new Secret(secret) };
  });
}

function splitOnce(pair: string): [string, string] {
  const colon = pair.indexOf(':');
  return [pair.slice(0, colon), pair.slice(colon + 1)];
}

/** What Fastify's `trustProxy` takes: names of well-known networks, addresses, and networks by prefix length. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** Plain http is for the local tenant alone: on loopback nobody is in between. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback));
}
