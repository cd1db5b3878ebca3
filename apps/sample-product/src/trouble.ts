import { RelayProblem } from '@idp-relay/client';
import { z } from 'zod';
import type { Service } from './services.ts';

/** The IdP itself said no. */
export class IdpRefusal extends Error {
  /** Stable; branch on this. */
  readonly code = 'idp_refusal';
  /** HTTP status of the IdP's answer. */
  readonly status: number;
  constructor(status: number) {
    super(`The IdP answered with status ${status}.`);
    this.name = 'IdpRefusal';
    this.status = status;
  }
}

/** What a person can do about it. */
export type Remedy =
  /** Sign in through the service, as `signInUrl` says. */
  | { readonly kind: 'sign_in'; readonly label: string; readonly signInUrl?: string }
  /** Choose one of several accounts, by IdP user id. */
  | { readonly kind: 'choose'; readonly identities: readonly string[] }
  | { readonly kind: 'try_again' }
  /** Nothing here: somebody else must act. */
  | { readonly kind: 'none' };

/** Why there is nothing to show. */
export interface Trouble {
  readonly text: string;
  readonly remedy: Remedy;
  /** By which the relay's operators find the call. */
  readonly requestId?: string;
}

/** Refusals that a new sign-in through the connection mends, in words for the person whose account it is. */
const mendedBySignIn: Readonly<Record<string, (name: string) => string>> = {
  idp_token_missing: (name) => `This app is not connected to your ${name} account.`,
  idp_token_expired: (name) => `The connection to your ${name} account has ended.`,
  idp_token_revoked: (name) => `${name} no longer accepts this app’s connection to your account.`,
  idp_token_insufficient_scope: (name) => `This app needs more of ${name} than you have allowed it.`,
};

const Members = z.object({
  sign_in_url: z.url().optional().catch(undefined),
  identities: z.array(z.string()).default([]).catch([]),
});

/** Sorts an error of a call by what the person in front of the screen can do. Branches on codes, never on texts. */
export function troubleOf(error: unknown, { name }: Service): Trouble {
  if (error instanceof RelayProblem) {
    const requestId = error.requestId === undefined ? {} : { requestId: error.requestId };
    return { ...troubleOfProblem(error, name), ...requestId };
  }
  if (error instanceof IdpRefusal && (error.status === 401 || error.status === 403)) {
    const text = `${name} does not let this app see that. Sign in again, and allow it there.`;
    return { text, remedy: { kind: 'sign_in', label: `Reconnect ${name}` } };
  }
  if (error instanceof IdpRefusal) {
    return { text: `${name} answered with status ${error.status}.`, remedy: { kind: 'try_again' } };
  }
  // fetch tells by a TypeError that there was no answer at all.
  const text = error instanceof TypeError ? 'The relay does not answer.' : 'That could not be read.';
  return { text, remedy: { kind: 'try_again' } };
}

function troubleOfProblem(problem: RelayProblem, name: string): Trouble {
  const { sign_in_url: signInUrl, identities } = Members.parse(problem.members);
  const mended = mendedBySignIn[problem.code];
  if (mended !== undefined) {
    const label = `Reconnect ${name}`;
    const remedy: Remedy = { kind: 'sign_in', label, ...(signInUrl !== undefined && { signInUrl }) };
    return { text: mended(name), remedy };
  }
  if (problem.code === 'connection_not_linked') {
    const text = `You have no ${name} account here.`;
    return { text, remedy: { kind: 'sign_in', label: `Sign in with ${name} instead` } };
  }
  if (problem.code === 'identity_ambiguous') {
    return { text: `You have several ${name} accounts here.`, remedy: { kind: 'choose', identities } };
  }
  const mayPass = problem.status >= 500 || problem.retryAfterSeconds !== undefined;
  return { text: problem.detail, remedy: { kind: mayPass ? 'try_again' : 'none' } };
}
