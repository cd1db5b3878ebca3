import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from './index.ts';

const value = 'gho_cAnArY/7f3q+token=';
const secret = new Secret(value);

/** A text, cut at these places and sent through a mask. */
function stream(text: Buffer, cuts: readonly number[]): Buffer {
  const mask = secret.mask();
  const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort(
    (a, b) => a - b,
  );
  const sent = places.slice(1).map((end, index) => mask.push(text.subarray(places[index], end)));
  return Buffer.concat([...sent, mask.end()]);
}

describe('a secret in a stream', () => {
  it.each([
    ['plain', value],
    ['percent-encoded', encodeURIComponent(value)],
    [
      'percent-encoded in small letters',
      encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['with slashes as JSON may escape them', value.replaceAll('/', '\\/')],
    ['with slashes by their numbers', value.replaceAll('/', '\\u002f')],
    ['percent-encoded but for slashes', encodeURIComponent(value).replaceAll('%2F', '/')],
    ['with equals signs by their numbers', value.replaceAll('=', '\\u003d')],
    ['with plus signs by their numbers', value.replaceAll('+', '\\u002B')],
    ['as Go’s templates write it', value.replaceAll('+', '&#43;')],
    ['as Mustache writes it', value.replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;')],
    ['in base64', Buffer.from(`x:${value}`).toString('base64')],
    ['in base64url', Buffer.from(value).toString('base64url')],
  ])('%s, cut anywhere, is written over, and nothing else is', (_form, written) => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.nat()), (before, after, cuts) => {
        const text = Buffer.from(`${before}"${written}"${after}`);
        const masked = stream(text, cuts);
        expect(masked).toHaveLength(text.length);
        expect(secret.mask().occursIn(masked.toString())).toBe(false);
        expect(masked.toString().startsWith(`${before}"`)).toBe(true);
        expect(masked.toString().endsWith(`"${after}`)).toBe(true);
      }),
    );
  });

  it('leaves every other text as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.array(fc.nat()), (bytes, cuts) => {
        expect(stream(Buffer.from(bytes), cuts)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('holds back no more than what may be its beginning', () => {
    const mask = secret.mask();
    expect(mask.push(Buffer.from('data: 1\n\n')).toString()).toBe('data: 1\n\n');
    expect(mask.push(Buffer.from('gho_cAn')).toString()).toBe('');
    expect(mask.push(Buffer.from('not it')).toString()).toBe('gho_cAnnot it');
  });
});
