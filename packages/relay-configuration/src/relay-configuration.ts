import { readFileSync } from 'node:fs';
import { BaseUrl, createCatalogue, parseCatalogueOverrides, type Catalogue } from '@idp-relay/idp-catalogue';
import { Secret, type ConnectionSettings, type IdpClientCredentials } from '@idp-relay/idp-tokens';
import { parse } from 'yaml';
import { z } from 'zod';
import { createPolicy, type Policy } from './policy.ts';

const methodNames = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const Rule = z.strictObject({
  /** For people and for logs. */
  name: z.string().min(1),
  /** Names from `clients`. */
  clients: z.array(z.string()).min(1),
  connections: z.array(z.string()).min(1),
  methods: z.array(z.enum(methodNames)).min(1),
  /** URL patterns below the connection's base URL: `/repos/:owner/:repo/issues`, `/users/*`. */
  paths: z.array(z.string().startsWith('/')).min(1),
  /** Base URLs that the rule holds for; the connection's first one when left out. */
  base_urls: z.array(BaseUrl).min(1).optional(),
});

const SignIn = z.strictObject({
  /** The client that users sign in to: a name from `clients`. */
  client: z.string(),
  /** Where they end up: one of that client's callbacks. */
  redirect_uri: z.url(),
});

const ConfigurationDocument = z.strictObject({
  /** A name for each client id that rules speak of. */
  clients: z.record(z.string(), z.string().min(1)).default({}),
  rules: z.array(Rule).default([]),
  /** Where the dashboard's sign-in links lead; without it there are none. */
  sign_in: SignIn.optional(),
  connections: z
    .record(
      z.string(),
      z.strictObject({
        /** Overrides of, or an entry for, the IdP catalogue. */
        catalogue: z.record(z.string(), z.unknown()).optional(),
        /** Scopes that every token of the connection must have. */
        required_scopes: z.array(z.string()).default([]),
        /** The connection keeps its tokens in Token Vault. */
        token_vault: z.boolean().default(false),
        /** The client that the connection is set up with at the IdP: with it the relay renews, revokes and introspects tokens. */
        client: z
          .strictObject({
            id: z.string().min(1),
            secret: z
              .string()
              .min(1)
              .transform((value) => new Secret(value))
              .optional(),
          })
          .optional(),
      }),
    )
    .default({}),
});

/** The operators' file, read and checked. */
export interface RelayConfiguration {
  readonly policy: Policy;
  readonly catalogue: Catalogue;
  /** Names of connections that the file speaks of. */
  readonly connectionNames: readonly string[];
  readonly settings: (connection: string) => ConnectionSettings;
  /** The tenant's client at the IdP of a connection, where the operators named it. */
  readonly idpClient: (connection: string) => IdpClientCredentials | undefined;
  /** Client ids by the names that rules use. */
  readonly clients: Readonly<Record<string, string>>;
  /** The client that sign-in links sign in to, and where they end. */
  readonly signIn?: { readonly clientId: string; readonly redirectUri: string };
}

/** The file cannot be read, or something in it is wrong. The message names the place and the fix. */
export class RelayConfigurationError extends Error {
  /** Stable; branch on this. */
  readonly code = 'relay_configuration_invalid';
  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'RelayConfigurationError';
  }
}

const noSettings: ConnectionSettings = { requiredScopes: [], keptInTokenVault: false };

/**
 * Reads the file with policy and connections. `${NAME}` stands for an environment variable, since client ids and
 * hosts differ between environments.
 * @throws RelayConfigurationError
 */
export function loadRelayConfiguration(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): RelayConfiguration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new RelayConfigurationError(file, [
      'It cannot be read. Set RELAY_CONFIGURATION_FILE to a YAML file.',
    ]);
  }
  return parseRelayConfiguration(text, environment, file);
}

/** As {@link loadRelayConfiguration}, from a text; `file` is its name in errors. */
export function parseRelayConfiguration(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
): RelayConfiguration {
  const document = ConfigurationDocument.safeParse(fillIn(parseYaml(text, file), environment, file));
  if (!document.success) {
    throw new RelayConfigurationError(
      file,
      document.error.issues.map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`),
    );
  }
  const { clients, rules, connections, sign_in: signIn } = document.data;
  checkReferences(document.data, file);
  const overrides = Object.entries(connections).flatMap(([name, { catalogue }]) =>
    catalogue ? [[name, catalogue]] : [],
  );
  try {
    return {
      policy: createPolicy({ clients, rules }),
      clients,
      ...(signIn && {
        signIn: { clientId: clients[signIn.client] ?? '', redirectUri: signIn.redirect_uri },
      }),
      catalogue: createCatalogue(parseCatalogueOverrides(Object.fromEntries(overrides))),
      connectionNames: [
        ...new Set([...Object.keys(connections), ...rules.flatMap((rule) => rule.connections)]),
      ],
      idpClient: (name) => {
        const client = connections[name]?.client;
        return client && { clientId: client.id, ...(client.secret && { clientSecret: client.secret }) };
      },
      settings: (name) => {
        const connection = connections[name];
        return connection
          ? { requiredScopes: connection.required_scopes, keptInTokenVault: connection.token_vault }
          : noSettings;
      },
    };
  } catch (error) {
    throw new RelayConfigurationError(file, [error instanceof Error ? error.message : String(error)]);
  }
}

/** Rules' names of clients must be known, and their patterns must be ones. */
function checkReferences(
  { clients, rules, sign_in: signIn }: z.infer<typeof ConfigurationDocument>,
  file: string,
): void {
  const problems = rules.flatMap((rule, index) => [
    ...rule.clients
      .filter((name) => !Object.hasOwn(clients, name))
      .map((name) => `rules.${index}.clients: "${name}" is not a name in clients`),
    ...rule.paths
      .filter((path) => !isPattern(path))
      .map((path) => `rules.${index}.paths: "${path}" is not a URL pattern`),
  ]);
  if (signIn !== undefined && !Object.hasOwn(clients, signIn.client))
    problems.push(`sign_in.client: "${signIn.client}" is not a name in clients`);
  if (problems.length > 0) throw new RelayConfigurationError(file, problems);
}

function isPattern(path: string): boolean {
  try {
    return !new URLPattern({ pathname: path }).hasRegExpGroups;
  } catch {
    return false;
  }
}

/** Replaces `${NAME}` in every text of the document, keys left as they are: a value cannot change the document's shape. */
function fillIn(
  document: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
): unknown {
  const missing = new Set<string>();
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    }
    if (typeof value !== 'string') return value;
    return value.replace(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_placeholder, name: string) => {
      const found = environment[name] ?? '';
      if (found === '') missing.add(name);
      return found;
    });
  };
  const filled = fill(document);
  if (missing.size > 0) {
    throw new RelayConfigurationError(
      file,
      [...missing].map((name) => `the environment variable ${name} is not set`),
    );
  }
  return filled;
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    throw new RelayConfigurationError(file, [error instanceof Error ? error.message : String(error)]);
  }
}
