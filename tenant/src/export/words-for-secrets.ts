import { replaceSecrets } from '../plan/secret-fields.ts';

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
  const value = replaceSecrets(exported, ({ field, owner = 'TENANT' }) => {
    const word = `${owner}_${field}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
    words.push(word);
    return `@@${word}@@`;
  });
  return { value, words };
}
