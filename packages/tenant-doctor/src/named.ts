import type { ExpectedClient } from './expectations.ts';
import type { ClientFacts } from './facts/client-facts.ts';

/** Names as they stand in a line of evidence: `a, b`, or `none`. */
export function listed(names: Iterable<string>): string {
  const list = [...names];
  return list.length === 0 ? 'none' : list.join(', ');
}

/** Those of `names` that `others` does not have, each once. */
export function without(names: Iterable<string>, others: Iterable<string>): readonly string[] {
  const taken = new Set(others);
  return [...new Set(names)].filter((name) => !taken.has(name));
}

/** The items of that name. */
export function named<Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
): readonly Item[] {
  return items.filter((item) => item.name === name);
}

/** The clients that are meant: the one of that id, or, where no id is known, those of that name. */
export function clientsMeant(
  clients: readonly ClientFacts[],
  { name, clientId }: ExpectedClient,
): readonly ClientFacts[] {
  return clientId === undefined
    ? named(clients, name)
    : clients.filter(({ client_id: id }) => id === clientId);
}

/** How many of the clients are meant, for a line of evidence. */
export function countMeant(clients: readonly ClientFacts[], expected: ExpectedClient): string {
  const { length } = clientsMeant(clients, expected);
  return expected.clientId === undefined
    ? `${length} of ${clients.length} clients have this name`
    : `${length} of ${clients.length} clients have the id ${expected.clientId}`;
}
