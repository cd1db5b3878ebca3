import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey } from '../test/samples.ts';
import { rewrapEnvelope, seal, unseal, type Envelope } from './envelope.ts';
import { SealBrokenError, UnknownKeyError } from './errors.ts';

const content = Buffer.from('what nobody may read');
const old = newKey('old');
const keyRing = keyRingOf(old);
const envelope = seal(keyRing, identity, content);

it('opens for the same identity', () => {
  expect(unseal(keyRing, identity, envelope)).toEqual(content);
});

it('uses a new data key and new nonces each time', () => {
  const again = seal(keyRing, identity, content);
  expect(again.sealed).not.toEqual(envelope.sealed);
  expect(again.wrappedKey).not.toEqual(envelope.wrappedKey);
});

it.each([
  ['tenant', { ...identity, tenant: 'other.us.auth0.com' }],
  ['user', { ...identity, userId: 'google-oauth2|1002' }],
  ['connection', { ...identity, connection: 'github' }],
  ['IdP user id', { ...identity, idpUserId: '1002' }],
  ['split of the same letters', { ...identity, connection: 'google-oauth21', idpUserId: '001' }],
])('does not open for another %s', (_what, other) => {
  expect(() => unseal(keyRing, other, envelope)).toThrow(SealBrokenError);
  expect(() => rewrapEnvelope(keyRing, other, envelope)).toThrow(SealBrokenError);
});

it.each(['sealed', 'wrappedKey'] as const)('does not open with any byte of %s changed or missing', (part) => {
  for (let at = 0; at < envelope[part].length; at += 1) {
    const changed = Uint8Array.from(envelope[part]);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(keyRing, identity, { ...envelope, [part]: changed })).toThrow(SealBrokenError);
    const shorter = envelope[part].subarray(0, at);
    expect(() => unseal(keyRing, identity, { ...envelope, [part]: shorter })).toThrow(SealBrokenError);
  }
});

it('does not open with the parts of two envelopes mixed', () => {
  const { wrappedKey } = seal(keyRing, identity, content);
  expect(() => unseal(keyRing, identity, { ...envelope, wrappedKey })).toThrow(SealBrokenError);
});

it('does not open under the id of another key, even if that is the same key', () => {
  const alias = keyRingOf(old, old.replace('old:', 'alias:'));
  expect(() => unseal(alias, identity, { ...envelope, keyId: 'alias' })).toThrow(SealBrokenError);
  expect(() => unseal(keyRingOf(newKey('old')), identity, envelope)).toThrow(SealBrokenError);
});

it('names an unknown key', () => {
  const open = () => unseal(keyRingOf(newKey('new')), identity, envelope);
  expect(open).toThrow(UnknownKeyError);
  expect(open).toThrow('"old"');
});

it('is re-wrapped under the current key without a look at the content', () => {
  const current = newKey('new');
  const moved = rewrapEnvelope(keyRingOf(current, old), identity, envelope);
  expect(moved.keyId).toBe('new');
  expect(moved.sealed).toBe(envelope.sealed);
  expect(unseal(keyRingOf(current), identity, moved)).toEqual(content);
});

it('shows neither key nor content when it is printed', () => {
  const shown = inspect({ keyRing, current: keyRing.current, envelope }, { depth: 10, showHidden: true });
  expect(shown).not.toContain(old.slice(4));
  expect(shown).not.toContain(content.toString());
});

it('has bytes of its own for each part', () => {
  const parts: (keyof Envelope)[] = ['sealed', 'wrappedKey'];
  for (const part of parts) expect(Buffer.from(envelope[part]).includes(content)).toBe(false);
});
