import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { tenantFolder, type Environment } from './environment.ts';

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
const TenantFile = z.object({
  resourceServers: z.array(z.object({ identifier: z.string() })),
  clients: z.array(Named),
  roles: z.array(Named),
});

/** The text of tenant.yaml, with its ##WORDS## and @@LISTS@@ not yet filled in. */
export function readTenantFile(): string {
  return readFileSync(join(tenantFolder, 'tenant.yaml'), 'utf8');
}

/** What tenant.yaml names in an environment. */
export function readManagedNames({ keywords, domain }: Environment): ManagedNames {
  const words: Readonly<Record<string, unknown>> = { ...keywords, AUTH0_DOMAIN: domain };
  const filled = readTenantFile()
    .replace(/##(\w+)##/g, (_all, word: string) => String(words[word]))
    .replace(/@@(\w+)@@/g, (_all, word: string) => JSON.stringify(words[word]));
  const { resourceServers, clients, roles } = TenantFile.parse(parse(filled));
  return {
    clients: new Set(clients.map(({ name }) => name)),
    roles: new Set(roles.map(({ name }) => name)),
    resourceServers: new Set(resourceServers.map(({ identifier }) => identifier)),
  };
}
