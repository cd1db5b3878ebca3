import { problemKinds } from './problems/problem-codes.ts';

/** The table of the API's own refusals and failures for the README, made from their list. */
export function problemTable(): string {
  const rows = Object.entries(problemKinds).map(
    ([code, { status, about }]) => `| \`${code}\` | ${status} | ${about} |`,
  );
  return ['| code | status | when, and what to do |', '| --- | --- | --- |', ...rows].join('\n');
}
