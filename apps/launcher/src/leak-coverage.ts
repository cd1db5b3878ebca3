import type { Artifact } from './leak-search.ts';

/** A search for secrets is worth something only after a drive that saw what works and all kinds of refusals. */
const neededStatuses = ['200', '400', '401', '403', '404', '424', '502', '503'];

/** Which statuses no answer of the drive has, though each has to be seen. */
export function missingStatuses(answers: readonly Artifact[]): string[] {
  const seen = new Set(answers.map(({ source }) => source.slice(-3)));
  return neededStatuses.filter((status) => !seen.has(status));
}
