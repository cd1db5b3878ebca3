import { Readable } from 'node:stream';
import type { SecretMask } from '@idp-relay/idp-tokens';
import { Agent, errors } from 'undici';
import { Problem } from '../problems/problem.ts';
import { discard, ResponseReceiver, type IdpResponse } from './response-receiver.ts';
import type { AddressedCall } from './token-transport.ts';

/** What is sent to an IdP. */
export interface IdpRequest extends Omit<AddressedCall, 'body'> {
  readonly method: string;
  /** Streamed as it arrives; `null` for requests without a body. */
  readonly body: Readable | string | null;
  /** What must not come back in the body. Left out: the answer goes no further than the relay. */
  readonly mask?: SecretMask;
  /** Ends the call. Where its reason is a {@link CallerGoneError} there is nobody to answer; any other is a time-out. */
  readonly signal: AbortSignal;
}

/** Sends calls to IdPs, each exactly once. */
export interface IdpClient {
  /**
   * @throws Problem `idp_unavailable` or `idp_timeout`; CallerGoneError when the signal aborted
   */
  send(request: IdpRequest): Promise<IdpResponse>;
  /** How many requests were given up before they had a connection, and wait for one still. */
  abandoned(): number;
  /** Ends idle connections and waits for calls under way. */
  close(): Promise<void>;
}

/** The caller hung up; there is nobody to answer. */
export class CallerGoneError extends Error {
  /** Stable; branch on this. */
  readonly code = 'caller_gone';
}

/** Time limits, in milliseconds. */
export interface IdpClientOptions {
  /** Longest wait for status and headers. */
  readonly headersTimeoutMs: number;
  /** Longest silence within a body. */
  readonly idleTimeoutMs: number;
}

/** A status beyond it means nothing to HTTP (RFC 9110 section 15), and cannot be handed on. LinkedIn has a 999. */
const largestStatus = 599;

/** Longest wait for a connection, in milliseconds; an IdP that is up answers far sooner. */
const connectTimeoutMs = 10_000;

/**
 * A client on undici's own dispatcher: it follows no redirect, repeats nothing, and keeps back-pressure
 * between the caller's socket and the IdP's in both directions.
 */
export function createIdpClient(options: IdpClientOptions): IdpClient {
  const agent = new Agent({
    connect: { timeout: connectTimeoutMs },
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.idleTimeoutMs,
    // One request on a connection at a time: a pipelined one could be sent twice when the connection breaks.
    pipelining: 1,
    // On HTTP/2 the dispatcher sends again what a server refused or left unanswered at a GOAWAY: twice behind our backs.
    allowH2: false,
  });
  let abandoned = 0;
  return {
    send: ({ url, method, headers, body, mask, signal }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(failureOf(undefined, signal));
          return;
        }
        const failed = (cause: unknown): void => reject(failureOf(cause, signal));
        const receiver = new ResponseReceiver(
          {
            received: (response) => {
              if (response.status <= largestStatus) resolve(response);
              else reject(refuseStatus(response));
            },
            failed,
            gaveUp: (cause) => {
              abandoned += 1;
              failed(cause);
            },
            letGo: () => {
              abandoned -= 1;
            },
          },
          signal,
          mask,
        );
        // One that breaks off before its connection is there has no other listener.
        if (body instanceof Readable) body.on('error', failed);
        agent.dispatch(
          { origin: url.origin, path: `${url.pathname}${url.search}`, method, headers, body },
          receiver,
        );
      }),
    abandoned: () => abandoned,
    close: () => agent.close(),
  };
}

function refuseStatus({ status, body }: IdpResponse): Problem {
  discard(body);
  return new Problem('idp_unavailable', `The IdP answered with ${status}, which is no HTTP status.`, {
    members: { idp_status: status },
  });
}

/** True for what the dispatcher throws, and what a body that it streams breaks off with. */
export function isIdpFailure(error: unknown): boolean {
  return error instanceof errors.UndiciError || error instanceof errors.HTTPParserError;
}

/** What a request or its answer failed of: its signal, where that aborted; else whatever the dispatcher threw. */
export function failureOf(cause: unknown, signal: AbortSignal): Problem | CallerGoneError {
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

function timeout(code: string): Problem {
  return new Problem(
    'idp_timeout',
    'The IdP did not answer in time. Whether the call had its effect is not known.',
    { members: { cause: code } },
  );
}
