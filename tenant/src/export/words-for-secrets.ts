import { isSecretField } from '../plan/secret-fields.ts';

/** An export in which words stand for secrets. */
export interface WithWords {
  readonly value: unknown;
  /** Names of the words, in the order in which they stand. */
  readonly words: readonly string[];
}

/**
 * Puts a word, such as `@@RELAY_GOOGLE_CLIENT_SECRET@@`, in the place of every secret: a deployment fills it in from the
 * environment variable of that name.
 */
export function wordsForSecrets(exported: unknown): WithWords {
  const words: string[] = [];
  const replace = (value: unknown, path: readonly string[], owner: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => replace(item, path, nameOf(item) ?? owner));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, field]) => [name, replace(field, [...path, name], owner)]),
      );
    }
    if (typeof value !== 'string' || value === '' || !isSecretField(path)) return value;
    const word = `${owner}_${path.at(-1) ?? ''}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
    words.push(word);
    return `@@${word}@@`;
  };
  return { value: replace(exported, [], 'TENANT'), words };
}

function nameOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
    ? item.name
    : undefined;
}
