import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findingsTable } from './findings-table.ts';

const file = join(import.meta.dirname, '..', 'README.md');
const begin = '<!-- findings -->\n<!-- prettier-ignore-start -->\n';
const end = '\n<!-- prettier-ignore-end -->';

/** `vitest run --update` writes the README anew. */
it('the README’s table of findings is made from the checks', async () => {
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end, from);
  expect(from).toBeGreaterThan(begin.length);
  expect(to).toBeGreaterThanOrEqual(from);
  await expect(`${text.slice(0, from)}${findingsTable()}${text.slice(to)}`).toMatchFileSnapshot(file);
});
