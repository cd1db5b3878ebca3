import type { Question } from '../question.ts';
import { factSources } from './fact-sources.ts';
import { FactUnavailableError } from './fact-unavailable-error.ts';
import type { FactName, TenantFacts } from './tenant-facts.ts';
import type { TenantReader } from './tenant-reader.ts';

/** The facts that could be read, and why the others could not. */
export interface ReadFacts {
  readonly known: Partial<TenantFacts>;
  readonly unknown: ReadonlyMap<FactName, FactUnavailableError>;
}

/** These are what the answers to all other reads brought along. */
const readLast: ReadonlySet<FactName> = new Set(['clockSkewMs', 'rateLimit']);

/**
 * Reads facts one after the other, each once: a tenant's rate limit may be two requests a second.
 * @throws the errors of the Management API, for everything but a scope that lacks
 */
export async function readFacts(
  tenant: TenantReader,
  question: Question,
  names: ReadonlySet<FactName>,
): Promise<ReadFacts> {
  const known: Partial<TenantFacts> = {};
  const unknown = new Map<FactName, FactUnavailableError>();
  const ordered = [...names].sort((a, b) => Number(readLast.has(a)) - Number(readLast.has(b)));
  for (const name of ordered) {
    try {
      Object.assign(known, { [name]: await factSources[name].read(tenant, question) });
    } catch (error) {
      if (!(error instanceof FactUnavailableError)) throw error;
      unknown.set(name, error);
    }
  }
  return { known, unknown };
}

/** True where all of these facts are known. */
export function hasFacts<Name extends FactName>(
  known: Partial<TenantFacts>,
  names: readonly Name[],
): known is Partial<TenantFacts> & Pick<TenantFacts, Name> {
  return names.every((name) => Object.hasOwn(known, name));
}
