import { describe, expect, it } from 'vitest';
import { findLeaks } from './leak-search.ts';

const canary = 'cAnArY7f3q';
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL3gifQ.c2ln';
const found = (text: string): string[] =>
  findLeaks([{ source: 'a test', text }], canary).map(({ form }) => form);

describe('findLeaks', () => {
  it.each([
    ['plain', `x gho_${canary}abc y`],
    ['percent-encoded', `x=${Buffer.from(canary).toString('hex').replace(/../g, '%$&')}`],
    ['in hexadecimal', Buffer.from(`gho_${canary}`).toString('hex')],
    ['in base64', Buffer.from(`gho_${canary}abc`).toString('base64')],
    ['in base64, a byte on', Buffer.from(`gho_x${canary}abc`).toString('base64')],
    ['in base64, two bytes on', Buffer.from(`gho_xy${canary}abc`).toString('base64')],
    ['in base64url at the end of a text', Buffer.from(`{"t":"${canary}"}`).toString('base64url')],
    ['in a Basic header', `Basic ${Buffer.from(`id:${canary}-secret`).toString('base64')}`],
    ['as a JWT', `token ${jwt}`],
    ['as a JWT in base64', Buffer.from(jwt).toString('base64')],
    ['as a JWT in base64url, a byte on', Buffer.from(`"${jwt}"`).toString('base64url')],
    ['as a JWT in base64, two bytes on, after a text', `id=${Buffer.from(`: ${jwt}`).toString('base64')}`],
    ['as a JWT in base64 that follows a word', `abc${Buffer.from(jwt).toString('base64')}`],
  ])('%s', (_what, text) => {
    expect(found(text)).not.toEqual([]);
  });
  it('finds nothing where nothing is', () => {
    expect(found('a text with gho_ and [redacted] and canary')).toEqual([]);
    expect(
      found(
        `${'a/path/of/many/words/'.repeat(5)} ${Buffer.from('{"no":"token"}'.repeat(9)).toString('base64')}`,
      ),
    ).toEqual([]);
  });
  it('does not repeat what it found', () => {
    expect(JSON.stringify(findLeaks([{ source: 's', text: canary }], canary))).not.toContain(canary);
  });
});
