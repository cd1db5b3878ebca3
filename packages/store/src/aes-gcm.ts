import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { SealBrokenError } from './errors.ts';

const algorithm = 'aes-256-gcm';
/** Bytes of the random nonce and of the tag (NIST SP 800-38D sections 8.2.2 and 5.2.1.2). */
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts by AES-256-GCM: nonce, ciphertext and tag in one piece.
 * @param bound what must be the same when it is decrypted, and is not part of the result
 */
export function encrypt(key: KeyObject, plain: Uint8Array, bound: string): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Turns {@link encrypt} back.
 * @throws SealBrokenError when the key, what is bound or any byte is another
 */
export function decrypt(key: KeyObject, encrypted: Uint8Array, bound: string): Buffer {
  if (encrypted.length < nonceLength + tagLength) throw new SealBrokenError();
  const nonce = encrypted.subarray(0, nonceLength);
  const tagStart = encrypted.length - tagLength;
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(encrypted.subarray(tagStart));
  const start = decipher.update(encrypted.subarray(nonceLength, tagStart));
  try {
    return Buffer.concat([start, decipher.final()]);
  } catch {
    throw new SealBrokenError();
  }
}
