import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { tenantFolder, type Environment } from './environment.ts';
import { unwantedClients } from './unwanted-clients.ts';

/** What tenant.yaml names. Only this is the project's; the rest of a tenant is somebody else's. */
export interface ManagedNames {
  /** Names of clients. */
  readonly clients: ReadonlySet<string>;
  /** Names of roles. */
  readonly roles: ReadonlySet<string>;
  /** Identifiers (audiences) of resource servers. */
  readonly resourceServers: ReadonlySet<string>;
}

const Named = z.object({ name: z.string() });
const WithClients = z.object({
  clients: z.array(z.looseObject({ name: z.string() })),
  clientGrants: z.array(z.looseObject({ client_id: z.string() })),
});
const TenantFile = z.object({
  resourceServers: z.array(z.object({ identifier: z.string() })),
  clients: z.array(Named),
  roles: z.array(Named),
});

/** The text of tenant.yaml, with its ##WORDS## and @@LISTS@@ not yet filled in. */
export function readTenantFile(): string {
  return readFileSync(join(tenantFolder, 'tenant.yaml'), 'utf8');
}

/**
 * What tenant.yaml says in an environment, its ##WORDS## and @@LISTS@@ filled in and its YAML read. Words that a deployment
 * alone knows, such as secrets, are left empty; clients that the environment does not want are left out, and their grants.
 */
export function readFilledTenantFile(environment: Environment): unknown {
  const file = z.looseObject({}).parse(parse(fillIn(readTenantFile(), fillingWords(environment))));
  const { clients, clientGrants } = WithClients.parse(file);
  const unwanted = unwantedClients(environment);
  return {
    ...file,
    clients: clients.filter(({ name }) => !unwanted.includes(name)),
    clientGrants: clientGrants.filter(({ client_id: name }) => !unwanted.includes(name)),
  };
}

/** What the words of an environment's files stand for. */
export function fillingWords({ keywords, domain }: Environment): Readonly<Record<string, unknown>> {
  return { ...keywords, AUTH0_DOMAIN: domain };
}

/** Fills in the ##WORDS## and @@LISTS@@ of a text for auth0-deploy-cli, as it does. Unknown ones are left empty. */
export function fillIn(text: string, words: Readonly<Record<string, unknown>>): string {
  const word = (name: string): string => {
    const value = words[name];
    return typeof value === 'string' ? value : '';
  };
  return text
    .replace(/##(\w+)##/g, (_all, name: string) => word(name))
    .replace(/(['"]?)@@(\w+)@@\1/g, (_all, _quote, name: string) => JSON.stringify(words[name] ?? null));
}

/** The names of the ##WORDS## and @@LISTS@@ in a text, comments included. */
export function wordsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/(##|@@)(\w+)\1/g)].map(([, , name = '']) => name));
}

/** What tenant.yaml names in an environment. */
export function readManagedNames(environment: Environment): ManagedNames {
  const { resourceServers, clients, roles } = TenantFile.parse(readFilledTenantFile(environment));
  return {
    clients: new Set(clients.map(({ name }) => name)),
    roles: new Set(roles.map(({ name }) => name)),
    resourceServers: new Set(resourceServers.map(({ identifier }) => identifier)),
  };
}
