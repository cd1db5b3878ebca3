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
