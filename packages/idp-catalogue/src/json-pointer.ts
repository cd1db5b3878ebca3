/**
 * The value that a pointer names, or `undefined` where there is none. A segment `*` stands for every item of a list
 * and gives a list of what the rest of the pointer finds in each.
 * @see https://datatracker.ietf.org/doc/html/rfc6901
 */
export function readJsonPointer(document: unknown, pointer: string): unknown {
  const segments = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return follow(document, segments);
}

function follow(value: unknown, segments: readonly string[]): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    if (segment === '*')
      return items.map((item) => follow(item, rest)).filter((found) => found !== undefined);
    return /^\d+$/.test(segment) ? follow(items[Number(segment)], rest) : undefined;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
  return follow(new Map<string, unknown>(Object.entries(value)).get(segment), rest);
}
