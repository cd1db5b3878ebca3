import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Secret } from './index.ts';

const value = 'gho_very-secret-value';
const secret = new Secret(value);

it.each([
  ['String()', () => String(secret)],
  ['JSON', () => JSON.stringify({ secret })],
  ['inspect', () => inspect({ secret }, { depth: 10, showHidden: true })],
  ['a spread', () => JSON.stringify(Object.assign({}, secret))],
  ['Object.entries', () => JSON.stringify(Object.entries(secret))],
  [
    'a structured clone',
    () => inspect(structuredClone({ secret: Object.assign({}, secret) }), { showHidden: true }),
  ],
  [
    'an error',
    () => inspect(new Error(`failed for ${String(secret)}`, { cause: { secret } }), { showHidden: true }),
  ],
  ['its fingerprint', () => secret.fingerprint()],
])('%s does not show it', (_what, print) => {
  expect(print()).not.toContain(value);
});

it('has the same fingerprint for the same value, and another for another', () => {
  expect(new Secret(value).fingerprint()).toBe(secret.fingerprint());
  expect(new Secret(`${value}.`).fingerprint()).not.toBe(secret.fingerprint());
});

it('goes from memory with the last one who had it, though answers were searched for it', async () => {
  setFlagsFromString('--expose-gc');
  const search = (): WeakRef<Secret> => {
    const searched = new Secret('gho_searched-for-once');
    expect(searched.mask().occursIn('an answer with gho_searched-for-once in it')).toBe(true);
    return new WeakRef(searched);
  };
  const searched = search();
  // What a WeakRef was just made of lives to the end of the turn.
  await setImmediate();
  runInNewContext('gc()');
  expect(searched.deref()).toBeUndefined();
});
