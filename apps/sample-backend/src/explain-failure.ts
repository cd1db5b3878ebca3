import { RelayProblem } from '@idp-relay/client';
import { AccessTokenError } from './access-token.ts';
import { GithubAnswerError } from './repositories.ts';
import { SettingsError } from './settings.ts';

/** What the command ends with. */
export const exitCodes = { refused: 1, usage: 2, tryAgain: 3 } as const;

/** A failure in words for whoever runs the command, and its exit code. */
export interface Explanation {
  readonly text: string;
  readonly exitCode: (typeof exitCodes)[keyof typeof exitCodes];
}

/** Branches on what is stable: classes, `code` and status. The texts of problems are for people, and are handed on. */
export function explainFailure(error: unknown): Explanation {
  if (error instanceof SettingsError) {
    return { text: `Set the environment variables right:\n${error.message}`, exitCode: exitCodes.usage };
  }
  if (error instanceof RelayProblem) {
    return {
      text: describeProblem(error),
      exitCode: mayPass(error) ? exitCodes.tryAgain : exitCodes.refused,
    };
  }
  if (error instanceof GithubAnswerError) {
    return { text: error.message, exitCode: error.status >= 500 ? exitCodes.tryAgain : exitCodes.refused };
  }
  if (error instanceof AccessTokenError) return { text: error.message, exitCode: exitCodes.refused };
  // fetch tells by a TypeError that there was no answer at all.
  if (error instanceof TypeError) {
    return { text: 'Auth0 or the relay does not answer.', exitCode: exitCodes.tryAgain };
  }
  throw error;
}

/** A problem that time may mend: rate limits, and whatever is not available just now. */
function mayPass({ status, retryAfterSeconds }: RelayProblem): boolean {
  return retryAfterSeconds !== undefined || status >= 500;
}

function describeProblem(problem: RelayProblem): string {
  const { identities, sign_in_url: signInUrl, missing_rule: missingRule } = problem.members;
  return [
    `The relay refused the call: ${problem.code}.`,
    problem.detail,
    ...(problem.retryAfterSeconds === undefined ? [] : [`Try again in ${problem.retryAfterSeconds} s.`]),
    // Only the user can mend this, by signing in again: hand the link on to them.
    ...(typeof signInUrl === 'string' ? [`A link that mends it, for the user: ${signInUrl}`] : []),
    ...(Array.isArray(identities) ? ['Name the identity as the second argument.'] : []),
    ...(missingRule === undefined ? [] : [`The rule that is missing: ${JSON.stringify(missingRule)}`]),
    ...(problem.requestId === undefined ? [] : [`Request: ${problem.requestId}`]),
  ].join('\n');
}
