/** What is to be reached, and what was. */
export interface Goal {
  readonly what: string;
  /** Undefined: it could not be measured here. */
  readonly measured: number | undefined;
  /** The number to reach at the least, and the one to aim at; left out: it is shown, and not judged. */
  readonly atLeast?: number;
  readonly aim?: number;
  /** Where fewer is better, the goals are upper limits. */
  readonly better: 'more' | 'less';
  /** Written behind numbers. */
  readonly unit: 'x' | ' MB' | ' ms' | '';
}

/** `aim` and `at least` are met, or neither, or nothing is known. */
export type Met = 'aim' | 'at least' | 'no' | 'not judged';

/** Judges what was measured. */
export function judge({ measured, atLeast, aim, better }: Goal): Met {
  if (measured === undefined || Number.isNaN(measured)) return 'not judged';
  const reaches = (limit: number): boolean => (better === 'more' ? measured >= limit : measured <= limit);
  if (aim !== undefined && reaches(aim)) return 'aim';
  if (atLeast === undefined) return 'not judged';
  return reaches(atLeast) ? 'at least' : 'no';
}

const words: Readonly<Record<Met, string>> = {
  aim: 'yes',
  'at least': 'at least',
  no: '**no**',
  'not judged': '–',
};

/** The goals as lines of a table in Markdown, columns in line for a terminal too. */
export function goalsTable(goals: readonly Goal[]): string {
  return table([
    ['what', 'measured', 'at least', 'aim', 'met'],
    ...goals.map((goal) => [
      goal.what,
      show(goal.measured, goal.unit),
      show(goal.atLeast, goal.unit),
      show(goal.aim, goal.unit),
      words[judge(goal)],
    ]),
  ]);
}

/** A number to three digits, with its unit; a dash for what is not known. */
export function show(value: number | undefined, unit: string): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit}`;
}

/** A table in Markdown, the first row its head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[], filler: string): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, filler)).join(' | ')} |`;
  const [head = [], ...others] = rows;
  return [
    line(head, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...others.map((row) => line(row, ' ')),
  ].join('\n');
}
