import { expect, it } from 'vitest';
import { fillIn } from './fill-in.ts';

it('replaces what is between the markers, again and again, and nothing else', () => {
  const filled = fillIn('before\n<!-- bench -->\nold\n<!-- /bench -->\nafter', 'first');
  const again = fillIn(filled, 'second');
  expect(again).toContain('second');
  expect(again).not.toContain('first');
  expect(again).toMatch(/^before\n<!-- bench -->\n[^]*<!-- \/bench -->\nafter$/);
});

it('says what a document without markers lacks', () => {
  expect(() => fillIn('nothing', 'text')).toThrow('<!-- bench -->');
});
