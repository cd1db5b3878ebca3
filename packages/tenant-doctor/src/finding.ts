/**
 * How much a finding weighs, worst first.
 * - `error`: the relay does not work, or a token is at risk
 * - `warning`: some of it does not work, or will not for long
 * - `note`: it works, and could be better
 */
export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/** Something in the tenant that is not as the relay needs it. Holds no secret and no token. */
export interface Finding {
  /** Stable; branch on this. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: the name of a client, a connection, a role …, or the user's id. */
  readonly subject: string;
  /** What is wrong, in one line; the same for every finding of this code. */
  readonly title: string;
  /** What was seen, in one line. */
  readonly evidence: string;
  /** What to do: a command, a place in Auth0's dashboard, or a line of a file. */
  readonly fix: string;
  /** Where to read on. */
  readonly documentation?: string;
}

/** A check that could not be made. */
export interface NotMade {
  /** The check's code. */
  readonly check: string;
  /** Why, in one line. */
  readonly reason: string;
  /** The scope of the Management API that the token used lacks, where that is why. */
  readonly missingScope?: string;
}

/** What an examination came to. */
export interface Examination {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Codes of the checks that were made and found nothing. */
  readonly passed: readonly string[];
  readonly notMade: readonly NotMade[];
  /** ISO 8601 moment at which it was begun. */
  readonly examinedAt: string;
}
