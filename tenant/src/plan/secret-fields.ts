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

/** The same value with every secret text replaced by {@link hidden}. Empty texts stay: they hide nothing. */
export function hideSecrets(value: unknown, path: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => hideSecrets(item, path));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, hideSecrets(field, [...path, name])]),
    );
  }
  return typeof value === 'string' && value !== '' && isSecretField(path) ? hidden : value;
}
