import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Secret } from '@idp-relay/idp-tokens';
import { InvalidKeyRingError, UnknownKeyError } from './errors.ts';

/** Bytes of an AES-256 key. */
export const keyLength = 32;

/** A key-encryption key. A `KeyObject` prints no key material. */
export interface NamedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The key-encryption keys, which wrap the data keys of rows. */
export interface KeyRing {
  /** The one that new rows are wrapped under. */
  readonly current: NamedKey;
  /** @throws UnknownKeyError */
  find(id: string): NamedKey;
}

/**
 * Reads a key ring from a text such as `2026-11:base64,2026-05:base64`. The first key is used for new rows, the others
 * open old ones. Ids are 1 to 64 letters, digits, dots, dashes and underscores; keys are 32 bytes in base64.
 * @throws InvalidKeyRingError which tells the position of what is wrong, and nothing of its text
 */
export function parseKeyRing(text: Secret): KeyRing {
  const keys = text.reveal().trim().split(',').map(parseKey);
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size < keys.length) throw new InvalidKeyRingError('an id is there twice');
  const [current] = keys;
  if (current === undefined) throw new InvalidKeyRingError('there is none');
  return {
    current,
    find: (id) => {
      const found = byId.get(id);
      if (found === undefined) throw new UnknownKeyError(id);
      return found;
    },
  };
}

function parseKey(text: string, index: number): NamedKey {
  const match = /^\s*([\w.-]{1,64}):([A-Za-z0-9+/]+={0,2})\s*$/.exec(text);
  const [, id, base64] = match ?? [];
  if (id === undefined || base64 === undefined) {
    throw new InvalidKeyRingError(`number ${index + 1} is not of the form id:base64`);
  }
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== keyLength) {
    throw new InvalidKeyRingError(`number ${index + 1} has ${bytes.length} bytes instead of ${keyLength}`);
  }
  return { id, key: createSecretKey(bytes) };
}
