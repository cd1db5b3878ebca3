import type { Readable } from 'node:stream';
import type { TokenFate } from '@idp-relay/idp-catalogue';
import type {
  Clock,
  IdpClientCredentials,
  IdpToken,
  IdpTokens,
  Observation,
  SecretMask,
} from '@idp-relay/idp-tokens';
import type { FastifyRequest } from 'fastify';
import type { CancelSignal } from './cancel-signal.ts';
import type { IdpClient } from './idp-client.ts';
import { requestHeaders } from './relayed-headers.ts';
import type { IdpResponse } from './response-receiver.ts';
import { examineResponse } from './examine-response.ts';
import { addToken, tokenHeader } from './token-transport.ts';
import type { UpstreamUrl } from './upstream-url.ts';

/** What {@link exchange} works with. */
export interface ExchangeDependencies {
  readonly idpTokens: IdpTokens;
  readonly idpClient: IdpClient;
  /** The tenant's client at the IdP of a connection, where the operators named it. */
  readonly client: (connection: string) => IdpClientCredentials | undefined;
  readonly clock: Clock;
}

/** One request to the IdP. */
export interface ExchangeRequest {
  readonly token: IdpToken;
  readonly upstream: UpstreamUrl;
  /** The caller's request: its method and headers go on. */
  readonly request: FastifyRequest;
  /** The caller's body; null: none goes on. */
  readonly body: Readable | null;
  /** Aborts once the caller has left. */
  readonly signal: CancelSignal;
}

/** The IdP’s answer, and what it says of the token. */
export interface Exchange {
  readonly response: IdpResponse;
  readonly refusesToken: boolean;
  readonly body: Readable | Buffer;
  /** Finds what was sent to the IdP as proof and must not come back; in the body it is written over by now. */
  readonly mask: SecretMask;
  /** Milliseconds until the IdP had answered; with its body, where that is short. */
  readonly idpMs: number;
}

/**
 * Sends the caller's request to the IdP with the token, and takes note of what the answer shows of it.
 * @throws Problem where the IdP cannot be reached or its answer cannot be read, and what `signal` aborts with
 */
export async function exchange(
  { token, upstream, request, body, signal }: ExchangeRequest,
  { idpClient, idpTokens, clock, client }: ExchangeDependencies,
): Promise<Exchange> {
  signal.throwIfAborted();
  const { entry } = token;
  const headers = requestHeaders(request.headers, defaultHeaders(token), tokenHeader(entry));
  const length = request.headers['content-length'];
  if (body !== null && length !== undefined) headers['content-length'] = length;
  // A compressed body could not be searched for the token, nor for the IdP's word on it.
  headers['accept-encoding'] = 'identity';
  const {
    url,
    headers: sent,
    proof,
  } = addToken(upstream.url, headers, token, {
    method: request.method,
    client: client(token.identity.connection),
  });
  const mask = token.accessToken.mask(...(proof === undefined ? [] : [proof]));
  const sentAt = performance.now();
  const response = await idpClient.send({ url, headers: sent, method: request.method, body, mask, signal });
  const { fate, refusesToken, body: examined } = await examineResponse(response, entry);
  const idpMs = performance.now() - sentAt;
  const outcome = outcomeOf(fate, response.status);
  if (outcome !== undefined) {
    const { status: idpStatus } = response;
    // Nobody waits for it to be written down.
    void idpTokens.observe(token, { outcome, idpStatus, observedAt: clock.now(), source: 'idp_answer' });
  }
  return { response, refusesToken, body: examined, idpMs, mask };
}

/** What an answer shows of the token. A failure that has nothing to do with it shows nothing. */
function outcomeOf(fate: TokenFate, status: number): Observation['outcome'] | undefined {
  if (fate === 'refused' || fate === 'missing_scope') return fate;
  return status < 300 ? 'accepted' : undefined;
}

/** Headers that the IdP asks for on every call, where the caller sends none of its own. */
function defaultHeaders({ entry }: IdpToken): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'idp-relay' };
  for (const { name, value, required } of entry.defaultHeaders ?? []) {
    if (value !== undefined && required !== 'conditional') headers[name.toLowerCase()] = value;
  }
  return headers;
}
