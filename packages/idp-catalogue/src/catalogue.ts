import type { CatalogueEntry } from './catalogue-entry.ts';
import type { CatalogueOverrides } from './catalogue-overrides.ts';
import { presets } from './presets.ts';
import { strategies } from './strategies.ts';

/** What tells one connection from another. */
export interface ConnectionReference {
  /** As in `identities[].provider`. */
  readonly strategy: string;
  /** The connection's name. */
  readonly connection: string;
}

/** What is known of IdPs. Entries are frozen. */
export interface Catalogue {
  /**
   * The entry for a connection: an operator's own by its name; else, for `oauth2` connections, the preset by its name;
   * else the strategy's. `undefined` for strategies that nobody described, such as retired ones.
   */
  find(reference: ConnectionReference): CatalogueEntry | undefined;
  /** The operator's own entry for a connection name, if there is one. */
  override(connection: string): CatalogueEntry | undefined;
  /** All entries, operators' own ones first. */
  entries(): readonly CatalogueEntry[];
}

/** The catalogue with an operator's entries on top. */
export function createCatalogue(overrides: CatalogueOverrides = new Map()): Catalogue {
  const own = new Map([...overrides].map(([connection, entry]) => [connection, deepFreeze(entry)]));
  const byStrategy = new Map(strategies.map((entry) => [entry.strategy, deepFreeze(entry)]));
  const byConnection = new Map(
    presets.flatMap((entry) =>
      (entry.connectionNames ?? []).map((name) => [name, deepFreeze(entry)] as const),
    ),
  );
  return {
    find: ({ strategy, connection }) =>
      own.get(connection) ??
      (strategy === 'oauth2' ? byConnection.get(connection) : undefined) ??
      byStrategy.get(strategy),
    override: (connection) => own.get(connection),
    entries: () => [...own.values(), ...strategies, ...presets],
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
