/** Stands where a secret was. */
export const hidden = '<secret>';

const secretName = /(secret|password|private_?key|api_?key|authorization|token|passphrase)$/i;
/** Lists whose items hold a secret under a harmless name: an Action's secrets, a log stream's own headers. */
const secretLists = new Set(['secrets', 'httpCustomHeaders']);

/**
 * True where a text of this name is a secret. Names are all there is to go by: Auth0's schemas mark none.
 * @param path names of fields from the resource down, without items' positions
 */
export function isSecretField(path: readonly string[]): boolean {
  const name = path.at(-1) ?? '';
  return secretName.test(name) || (name === 'value' && path.some((part) => secretLists.has(part)));
}

/** Where a secret text stands. */
export interface SecretPlace {
  /** The field that holds it. */
  readonly field: string;
  /** Name of the innermost list item around it; undefined: there is none that has a name. */
  readonly owner: string | undefined;
}

/**
 * The same value with another text for every secret one. Empty texts stay: they hide nothing.
 * @param path of the value itself, as {@link isSecretField} has it
 */
export function replaceSecrets(
  value: unknown,
  replacementOf: (place: SecretPlace) => string,
  path: readonly string[] = [],
  owner?: string,
): unknown {
  if (Array.isArray(value))
    return value.map((item) => replaceSecrets(item, replacementOf, path, nameOf(item) ?? owner));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        replaceSecrets(field, replacementOf, [...path, name], owner),
      ]),
    );
  }
  if (typeof value !== 'string' || value === '' || !isSecretField(path)) return value;
  return replacementOf({ field: path.at(-1) ?? '', owner });
}

/** The same value with every secret text replaced by {@link hidden}. */
export function hideSecrets(value: unknown, path: readonly string[] = []): unknown {
  return replaceSecrets(value, () => hidden, path);
}

function nameOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
    ? item.name
    : undefined;
}
