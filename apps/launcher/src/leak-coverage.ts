import { z } from 'zod';
import type { Artifact } from './leak-search.ts';

/** A search for secrets is worth something only after a drive that saw what works and all kinds of refusals. */
const statusesOfRoutes = ['200', '400', '401', '403', '404', '424', '502', '503'];
/** What only errors that are provoked bring. */
const statusesOfErrors = ['409', '429', '431', '500', '504'];

/** Every way in which a renewal can fail, but for those below. */
const neededReasons = ['renewal_refused', 'renewal_misconfigured', 'renewal_put_off', 'renewal_unanswered'];

/** Problems that the drive cannot bring about, and why. */
const unprovoked: Readonly<Record<string, string>> = {
  request_timeout: 'it takes a minute of silence',
  signing_keys_unavailable: 'a relay that is ready has the keys, and they are good for ten minutes',
  request_rate_limited: 'no route has a limit',
  connection_not_relayable: 'the relay that is driven knows where each sample connection’s token can be sent',
  relay_closing: 'a relay that is driven does not end',
  internal_error: 'it would be a fault of the relay',
};

/** So many answers other than 2xx make a heap. */
const neededErrors = 500;

const ProblemList = z.array(z.object({ code: z.string() }));

/** Which statuses no answer of a drive of all routes has, though each has to be seen. */
export function missingStatuses(
  answers: readonly Artifact[],
  needed: readonly string[] = statusesOfRoutes,
): string[] {
  const seen = new Set(answers.map(({ source }) => source.slice(-3)));
  return needed.filter((status) => !seen.has(status));
}

/** What the drive brought. */
export interface DriveFindings {
  /** Each with its status at the end of `source`. */
  readonly answers: readonly Artifact[];
  /** Log of the relay of errors. */
  readonly log: string;
  /** The relay's own list of problem codes, as JSON. */
  readonly problems: unknown;
}

/** Why a search of all this that found nothing would prove nothing; one sentence each. */
export function coverageGaps({ answers, log, problems }: DriveFindings): string[] {
  const statuses = missingStatuses(answers, [...statusesOfRoutes, ...statusesOfErrors]);
  // The pages about problems name every code.
  const texts = answers.filter(({ source }) => !source.includes('/problems')).map(({ text }) => text);
  const isMissing = (value: string): boolean => !texts.some((text) => text.includes(`"${value}"`));
  const codes = ProblemList.parse(problems)
    .map(({ code }) => code)
    .filter((code) => !(code in unprovoked) && isMissing(code));
  const reasons = neededReasons.filter(isMissing);
  const errors = answers.filter(({ source }) => !source.slice(-3).startsWith('2')).length;
  return [
    ...(statuses.length === 0 ? [] : [`no answer had the status ${statuses.join(', ')}.`]),
    ...(codes.length === 0 ? [] : [`no answer had the problem ${codes.join(', ')}.`]),
    ...(reasons.length === 0 ? [] : [`no verdict had the reason ${reasons.join(', ')}.`]),
    ...(errors >= neededErrors ? [] : [`${errors} errors are no heap: it takes ${neededErrors}.`]),
    ...(log.includes('"level":20,') ? [] : ['the relay of errors did not log all it can.']),
  ];
}
