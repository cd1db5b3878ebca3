import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { IdentityKey } from '@idp-relay/idp-tokens';
import { decrypt, encrypt } from './aes-gcm.ts';
import { keyLength, type KeyRing } from './key-ring.ts';

/** What is stored of a content: encrypted under a data key of its own, which is wrapped by a key-encryption key. */
export interface Envelope {
  /** Id of the key-encryption key. */
  readonly keyId: string;
  /** The data key, encrypted. */
  readonly wrappedKey: Uint8Array;
  /** The content, encrypted. */
  readonly sealed: Uint8Array;
}

/** Seals a content for one identity under the current key, with a new data key each time. */
export function seal(keyRing: KeyRing, identity: IdentityKey, content: Uint8Array): Envelope {
  const dataKey = randomBytes(keyLength);
  const sealed = encrypt(createSecretKey(dataKey), content, boundToContent(identity));
  return { ...wrap(keyRing, identity, dataKey), sealed };
}

/**
 * Opens what was sealed for the same identity.
 * @throws UnknownKeyError, SealBrokenError
 */
export function unseal(keyRing: KeyRing, identity: IdentityKey, envelope: Envelope): Buffer {
  const dataKey = unwrap(keyRing, identity, envelope);
  return decrypt(takeKey(dataKey), envelope.sealed, boundToContent(identity));
}

/**
 * Puts the data key under the current key-encryption key. The sealed content stays as it is, and is not looked at.
 * @throws UnknownKeyError, SealBrokenError
 */
export function rewrapEnvelope(keyRing: KeyRing, identity: IdentityKey, envelope: Envelope): Envelope {
  return { ...wrap(keyRing, identity, unwrap(keyRing, identity, envelope)), sealed: envelope.sealed };
}

function wrap(keyRing: KeyRing, identity: IdentityKey, dataKey: Buffer): Omit<Envelope, 'sealed'> {
  const { id, key } = keyRing.current;
  const wrappedKey = encrypt(key, dataKey, boundToKey(id, identity));
  dataKey.fill(0);
  return { keyId: id, wrappedKey };
}

function unwrap(keyRing: KeyRing, identity: IdentityKey, envelope: Envelope): Buffer {
  const { id, key } = keyRing.find(envelope.keyId);
  return decrypt(key, envelope.wrappedKey, boundToKey(id, identity));
}

/** The bytes leave JavaScript's heap for OpenSSL's. */
function takeKey(dataKey: Buffer): KeyObject {
  const key = createSecretKey(dataKey);
  dataKey.fill(0);
  return key;
}

// A JSON array of strings is unambiguous whatever the strings hold, and the first one keeps the two uses apart.

function boundToContent(identity: IdentityKey): string {
  return JSON.stringify(['idp-relay token set 1', ...partsOf(identity)]);
}

function boundToKey(keyId: string, identity: IdentityKey): string {
  return JSON.stringify(['idp-relay data key 1', keyId, ...partsOf(identity)]);
}

function partsOf({ tenant, userId, connection, idpUserId }: IdentityKey): string[] {
  return [tenant, userId, connection, idpUserId];
}
