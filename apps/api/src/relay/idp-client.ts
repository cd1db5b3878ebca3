import { Readable } from 'node:stream';
import type { SecretMask } from '@idp-relay/idp-tokens';
import { Agent } from 'undici';
import type { CancelSignal } from './cancel-signal.ts';
import { failureOf } from './idp-failure.ts';
import { ResponseReceiver, type IdpResponse } from './response-receiver.ts';
import type { AddressedCall } from './token-transport.ts';

/** What is sent to an IdP. */
export interface IdpRequest extends Omit<AddressedCall, 'body'> {
  readonly method: string;
  /** Streamed as it arrives; `null` for requests without a body. */
  readonly body: Readable | string | null;
  /** What must not come back in the body. Left out: the answer goes no further than the relay. */
  readonly mask?: SecretMask;
  /** Ends the call. Where its reason is a CallerGoneError there is nobody to answer; any other is a time-out. */
  readonly signal: CancelSignal;
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

/** Time limits, in milliseconds. */
export interface IdpClientOptions {
  /** Longest wait for status and headers. */
  readonly headersTimeoutMs: number;
  /** Longest silence within a body. */
  readonly idleTimeoutMs: number;
}

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
  const abandoned = { count: 0 };
  return {
    send: ({ url, method, headers, body, mask, signal }) => {
      if (signal.aborted) return Promise.reject(failureOf(undefined, signal));
      const receiver = new ResponseReceiver(signal, mask, abandoned);
      // One that breaks off before its connection is there has no other listener.
      if (body instanceof Readable) body.on('error', receiver.fail);
      agent.dispatch(
        { origin: url.origin, path: `${url.pathname}${url.search}`, method, headers, body },
        receiver,
      );
      return receiver.response;
    },
    abandoned: () => abandoned.count,
    close: () => agent.close(),
  };
}
