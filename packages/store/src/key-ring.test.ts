import { Secret } from '@idp-relay/idp-tokens';
import { expect, it } from 'vitest';
import { newKey } from '../test/samples.ts';
import { InvalidKeyRingError, UnknownKeyError } from './errors.ts';
import { parseKeyRing } from './key-ring.ts';

const parse = (text: string) => parseKeyRing(new Secret(text));

it('takes the first key for new rows and finds all of them', () => {
  const keyRing = parse(` ${newKey('2026-11')}, ${newKey('2026-05')}\n`);
  expect(keyRing.current.id).toBe('2026-11');
  expect(keyRing.find('2026-05').id).toBe('2026-05');
  expect(() => keyRing.find('2025')).toThrow(UnknownKeyError);
});

const secretWord = 'c2VjcmV0IHdvcmQ=';

it.each([
  ['nothing', '', 'number 1'],
  ['a key without an id', secretWord, 'number 1'],
  ['an empty id', `:${secretWord}`, 'number 1'],
  ['a key that is too short', `${newKey('a')},b:${secretWord}`, 'number 2 has 11 bytes'],
  ['what is no base64', `a:${secretWord}!`, 'number 1'],
  ['an id twice', `${newKey('a')},${newKey('a')}`, 'twice'],
  ['a comma at the end', `${newKey('a')},`, 'number 2'],
])('refuses %s and does not repeat it', (_what, text, message) => {
  const refused = () => parse(text);
  expect(refused).toThrow(InvalidKeyRingError);
  expect(refused).toThrow(message);
  expect(refused).not.toThrow(secretWord);
});
