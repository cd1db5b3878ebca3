import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DeployError } from './deploy-error.ts';
import { TokenVaultSettings } from './token-vault-settings.ts';

/** The folder of the tenant's files. */
export const tenantFolder = join(import.meta.dirname, '..');

const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable, such as AUTH0_DEPLOY_CLIENT_ID');

/** Notices name users and their IdPs: they go encrypted, or stay on this machine. */
const relayUrl = z
  .url()
  .refine(
    (url) => /^https:/i.test(url) || /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/i.test(url),
    'must be an https:// address that Auth0 can reach, such as https://relay.example.com',
  );

const Fields = z.strictObject({
  /** The tenant's own domain, without https://. */
  domain: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/i, 'must be a domain such as example.us.auth0.com, without https://'),
  /** Origins of custom domains, which issue tokens too. */
  custom_domains: z.array(z.url()),
  /** True: nothing is deployed without being told so twice. */
  production: z.boolean(),
  /** Which environment variables hold the credentials of the client that deploys. */
  deploy_client: z.strictObject({ client_id_variable: variableName, client_secret_variable: variableName }),
  /** Files of tenant/connections that are deployed too, by name; none when left out. */
  connections: z
    .array(
      z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a file in tenant/connections, without .yaml'),
    )
    .default([]),
  /** What ##WORDS## and @@LISTS@@ in tenant.yaml stand for. */
  keywords: z.strictObject({
    RELAY_AUDIENCE: z.string().min(1),
    DASHBOARD_URLS: z.array(z.url()).min(1),
    SAMPLE_PRODUCT_CALLBACKS: z.array(z.url()).min(1),
    SAMPLE_PRODUCT_ORIGINS: z.array(z.url()).min(1),
  }),
  /** Whether the relay gets clients for Token Vault. Left out: it gets none. */
  token_vault: TokenVaultSettings.optional(),
  /** Whether the relay gets a client that reads the tenant's settings, for the examination on the dashboard's Tenant page. */
  doctor: z.boolean().default(false),
  /** The post-login Action of actions/; without it the tenant's Actions are neither read nor changed. */
  post_login_action: z
    .strictObject({
      /** Where the relay takes notices of sign-ins: its origin, with a path where it has one. */
      relay_url: relayUrl,
      /** Which environment variable holds the secret that notices are signed with. */
      notice_secret_variable: variableName,
    })
    .exactOptional(),
  /** The log stream to the relay; without it the tenant's log streams are neither read nor changed. */
  log_stream: z
    .strictObject({
      /** Where the relay takes log events: its origin, with a path where it has one. */
      relay_url: relayUrl,
      /** Which environment variable holds the token that the log stream brings. */
      token_variable: variableName,
    })
    .exactOptional(),
});

/** One environment: a tenant, and what differs from one tenant to the next. Secrets are named, never held. */
export const Environment = Fields.refine(
  ({ domain, log_stream: stream }) =>
    stream === undefined || /^https:/i.test(stream.relay_url) || /^localhost(:\d+)?$/i.test(domain),
  {
    path: ['log_stream', 'relay_url'],
    error:
      'must be an https:// address, since Auth0 delivers log events to no other: leave log_stream out where there is none',
  },
);
export type Environment = z.infer<typeof Environment>;

/** Credentials of the client that deploys. */
export interface DeployCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Reads `environments/<name>.json`.
 * @throws DeployError `environment_invalid` naming every wrong field
 */
export function readEnvironment(name: string): Environment {
  if (!/^[a-z0-9-]+$/.test(name))
    throw new DeployError('environment_invalid', `"${name}" is not the name of an environment.`);
  const file = join(tenantFolder, 'environments', `${name}.json`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DeployError(
      'environment_invalid',
      `There is no tenant/environments/${name}.json. Copy development.json and fill it in.`,
    );
  }
  return parseEnvironment(text, name);
}

/** As {@link readEnvironment}, from the file's text. */
export function parseEnvironment(text: string, name: string): Environment {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new DeployError('environment_invalid', `tenant/environments/${name}.json is not JSON.`);
  }
  const parsed = Environment.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DeployError(
    'environment_invalid',
    `tenant/environments/${name}.json is not right: ${problems.join('; ')}`,
  );
}

/**
 * Takes the deploy client's credentials from the variables that the environment names.
 * @throws DeployError `credentials_missing` naming them
 */
export function readCredentials(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): DeployCredentials {
  const { client_id_variable: idName, client_secret_variable: secretName } = environment.deploy_client;
  const clientId = variables[idName];
  const clientSecret = variables[secretName];
  if (!clientId || !clientSecret) {
    const missing = [...(clientId ? [] : [idName]), ...(clientSecret ? [] : [secretName])];
    throw new DeployError(
      'credentials_missing',
      `Set ${missing.join(' and ')} to the credentials of the client that deploys (README.md, “A real tenant”, says how to make it).`,
    );
  }
  return { clientId, clientSecret };
}
