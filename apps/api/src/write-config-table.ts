import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable } from './config-table.ts';

// Puts the table of settings into the root README, between its two marks.
const readme = join(import.meta.dirname, '..', '..', '..', 'README.md');
const marks = /(<!-- settings -->\n<!-- prettier-ignore-start -->\n)[^]*?(<!-- prettier-ignore-end -->)/;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(
    marks,
    (_all, start: string, end: string) => `${start}${configTable()}\n${end}`,
  ),
);
