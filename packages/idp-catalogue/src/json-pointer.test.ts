import { describe, expect, it } from 'vitest';
import { matchesSignal, readJsonPointer } from './index.ts';

const document = {
  error: { code: 190 },
  'a/b': { '~c': 1 },
  data: [
    { permission: 'email', status: 'granted' },
    { permission: 'user_friends', status: 'declined' },
  ],
};

describe('readJsonPointer', () => {
  it.each([
    ['', document],
    ['/error/code', 190],
    ['/a~1b/~0c', 1],
    ['/data/1/status', 'declined'],
    ['/data/*/permission', ['email', 'user_friends']],
    ['/data/7', undefined],
    ['/error/code/deeper', undefined],
    ['/constructor', undefined],
  ])('%s', (pointer, expected) => {
    expect(readJsonPointer(document, pointer)).toEqual(expected);
  });
});

describe('matchesSignal', () => {
  const signal = { status: [400, 401], jsonPointer: '/error/code', equals: 190 };
  it('needs status and field', () => {
    expect(matchesSignal(signal, { status: 400, body: document })).toBe(true);
    expect(matchesSignal(signal, { status: 403, body: document })).toBe(false);
    expect(matchesSignal(signal, { status: 400, body: { error: { code: 4 } } })).toBe(false);
    expect(matchesSignal(signal, { status: 400, body: undefined })).toBe(false);
    expect(matchesSignal(undefined, { status: 400, body: document })).toBe(false);
  });
});
