import type { TenantExpectations } from './expectations.ts';

/** What an examination is about. */
export interface Question {
  readonly expected: TenantExpectations;
  /** Connections to look at by name; left out: those that the operators' file names, without one all that give IdP tokens. */
  readonly connections?: readonly string[];
  /** A user to look at. */
  readonly userId?: string;
}
