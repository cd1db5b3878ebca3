import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable } from './config-table.ts';
import { problemTable } from './problem-table.ts';

// Puts the tables that are made from the code into the root README, each between its two marks.
const readme = join(import.meta.dirname, '..', '..', '..', 'README.md');
const tables = { settings: configTable(), problems: problemTable() };
let text = readFileSync(readme, 'utf8');
for (const [name, table] of Object.entries(tables)) {
  const marks = new RegExp(
    `(<!-- ${name} -->\\n<!-- prettier-ignore-start -->\\n)[^]*?(<!-- prettier-ignore-end -->)`,
  );
  text = text.replace(marks, (_all, start: string, end: string) => `${start}${table}\n${end}`);
}
writeFileSync(readme, text);
