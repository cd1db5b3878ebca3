import { describe, expect, it } from 'vitest';
import { readJsonPointer } from './index.ts';

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
