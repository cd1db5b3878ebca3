import { z } from 'zod';
import { CatalogueEntry } from './catalogue-entry.ts';
import { presets } from './presets.ts';
import { strategies } from './strategies.ts';

/** An operator's own entries, by connection name: checked and complete. */
export type CatalogueOverrides = ReadonlyMap<string, CatalogueEntry>;

/** An operator's entry is not right. The message names every wrong field and what it should be. */
export class CatalogueError extends Error {
  /** Stable; branch on this. */
  readonly code = 'catalogue_invalid';
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'CatalogueError';
  }
}

const OverridesDocument = z.record(
  z.string(),
  CatalogueEntry.partial().extend({
    /** The strategy or preset whose entry is the ground; the connection's name, then `oauth2`, when left out. */
    extends: z.string().optional(),
  }),
);

/**
 * Reads operators' entries: for each connection name an object of the fields that differ from the entry which it
 * `extends`. A field that is given replaces the whole field, lists and objects included.
 * @throws CatalogueError
 */
export function parseCatalogueOverrides(document: unknown): CatalogueOverrides {
  const parsed = OverridesDocument.safeParse(document);
  if (!parsed.success) throw new CatalogueError(describe(parsed.error, []));
  const problems: string[] = [];
  const overrides = new Map<string, CatalogueEntry>();
  for (const [connection, { extends: ground, ...fields }] of Object.entries(parsed.data)) {
    const base = findGround(ground, connection);
    if (base === undefined) {
      problems.push(`${connection}.extends: "${ground ?? ''}" is neither a strategy nor a preset`);
      continue;
    }
    const ownBaseUrls =
      fields.apiBaseUrls !== undefined && base.relayable !== 'yes' ? { relayable: 'yes' as const } : {};
    const merged = CatalogueEntry.safeParse({ ...base, ...ownBaseUrls, ...fields, name: connection });
    if (merged.success) overrides.set(connection, merged.data);
    else problems.push(...describe(merged.error, [connection]));
  }
  if (problems.length > 0) throw new CatalogueError(problems);
  return overrides;
}

function findGround(ground: string | undefined, connection: string): CatalogueEntry | undefined {
  const named = (name: string) => [...strategies, ...presets].find((entry) => entry.name === name);
  return ground === undefined ? (named(connection) ?? named('oauth2')) : named(ground);
}

function describe(error: z.ZodError, prefix: readonly string[]): string[] {
  return error.issues.map((issue) => `${[...prefix, ...issue.path].join('.')}: ${issue.message}`);
}
