/** What may tell the items of a list apart, in Auth0's resources: the first that all of them have is used. */
const keys: readonly (readonly string[])[] = [
  ['permission_name', 'resource_server_identifier'],
  ['action_name'],
  ['value'],
  ['header'],
  ['name'],
  ['connection'],
  ['id'],
];

/** One text for each item, the same for the same item: what tells it apart, or all of it. */
export function keyItems(...lists: readonly (readonly unknown[])[]): (item: unknown) => string {
  const all = lists.flat();
  const key = keys.find((names) =>
    all.every((item) => names.every((name) => typeof fieldOf(item, name) === 'string')),
  );
  return key === undefined
    ? canonical
    : (item) => key.map((name) => String(fieldOf(item, name))).join(' of ');
}

/** True of objects, lists left out. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One text for values that differ in the order of their fields alone. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return value === undefined ? 'null' : JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join()}}`;
}

function fieldOf(item: unknown, name: string): unknown {
  return isObject(item) ? item[name] : undefined;
}
