import { errors } from 'undici';
import { Problem } from '../problems/problem.ts';
import type { CancelSignal } from './cancel-signal.ts';

/** The caller hung up; there is nobody to answer. */
export class CallerGoneError extends Error {
  /** Stable; branch on this. */
  readonly code = 'caller_gone';
}

/** True for what the dispatcher throws, and what a body that it streams breaks off with. */
export function isIdpFailure(error: unknown): boolean {
  return error instanceof errors.UndiciError || error instanceof errors.HTTPParserError;
}

/** What a request or its answer failed of: its signal, where that aborted; else whatever the dispatcher threw. */
export function failureOf(cause: unknown, signal: CancelSignal): Problem | CallerGoneError {
  if (!signal.aborted) return toIdpProblem(cause);
  return signal.reason instanceof CallerGoneError ? signal.reason : timeout('ABORTED');
}

/**
 * What a failure of the dispatcher, or of a body that it streams, means to the caller.
 * The error itself is not kept as cause: it may hold the request. Its code says enough.
 */
export function toIdpProblem(cause: unknown): Problem {
  const isTimeout =
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError ||
    cause instanceof errors.ConnectTimeoutError;
  if (isTimeout) return timeout(cause.code);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN';
  return new Problem('idp_unavailable', 'The IdP could not be reached, or broke the connection off.', {
    members: { cause: code },
  });
}

/** For an answer with a status beyond those of HTTP. */
export function statusRefused(status: number): Problem {
  return new Problem('idp_unavailable', `The IdP answered with ${status}, which is no HTTP status.`, {
    members: { idp_status: status },
  });
}

/** For a part of a text: piece by piece, a token would pass that is written over in the whole. */
export function partialTextRefused(): Problem {
  return new Problem(
    'idp_partial_text_refused',
    'The IdP answered with a part of a text. Ask for the whole: leave the header range out.',
  );
}

function timeout(code: string): Problem {
  return new Problem(
    'idp_timeout',
    'The IdP did not answer in time. Whether the call had its effect is not known.',
    { members: { cause: code } },
  );
}
