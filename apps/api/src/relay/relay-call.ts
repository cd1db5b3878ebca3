import { Readable } from 'node:stream';
import type { TokenFate } from '@idp-relay/idp-catalogue';
import {
  IdpTokenUnusableError,
  Secret,
  type Clock,
  type IdpClientCredentials,
  type IdpToken,
  type IdpTokens,
  type Observation,
  type SecretMask,
  type TokenRequest,
} from '@idp-relay/idp-tokens';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBearer } from '../authenticate/bearer.ts';
import type { VerifiedCaller } from '../authenticate/verified-caller.ts';
import type { Policy, PolicyAnswer, PolicyQuestion } from '@idp-relay/relay-configuration';
import { Problem } from '../problems/problem.ts';
import type { CancelSignal } from './cancel-signal.ts';
import { endOfTurn } from './end-of-turn.ts';
import type { IdpClient } from './idp-client.ts';
import { discard, type IdpResponse } from './response-receiver.ts';
import { limitReadersSilence, limitSendersSilence } from './caller-connection.ts';
import { hasBody } from './request-body.ts';
import { answer } from './idp-answer.ts';
import { requestHeaders } from './relayed-headers.ts';
import { examineResponse } from './token-refusal.ts';
import { addToken, tokenHeader } from './token-transport.ts';
import { buildUpstreamUrl, checkPath, type UpstreamUrl } from './upstream-url.ts';

/** One call that a caller wants to be passed on. */
export interface RelayCall {
  readonly caller: VerifiedCaller;
  /** Whose identity is used. */
  readonly userId: string;
  readonly connection: string;
  /** The IdP user id, where the user has several identities of the connection. */
  readonly idpUserId: string | undefined;
  /** Path of the route up to and with the connection, as the caller wrote it: `/v1/me/idp/github`. */
  readonly relayPrefix: string;
  /** What follows it, not decoded, without the query. */
  readonly rawPath: string;
  /** The query, not decoded. */
  readonly rawQuery: string;
}

/** What relaying works with. */
export interface RelayDependencies {
  readonly idpTokens: IdpTokens;
  readonly policy: Policy;
  readonly idpClient: IdpClient;
  /** The tenant's client at the IdP of a connection, where the operators named it. */
  readonly client: (connection: string) => IdpClientCredentials | undefined;
  readonly clock: Clock;
  /** How many calls are under way at once in this process; further ones are refused. */
  readonly maxCallsUnderWay: number;
  /** Longest time until the call is sent, in milliseconds. */
  readonly requestDeadlineMs: number;
  /** Told how long an answered call took without the IdP, in milliseconds. */
  readonly onAnswered: (ownMs: number) => void;
  /** Longest silence of the caller within a body, its own or the IdP's, in milliseconds. */
  readonly idleTimeoutMs: number;
}

/**
 * The way of a call from the caller to the IdP and back:
 * check the path, ask the policy, get the token, build the URL, ask the policy again now that the URL is known, send, answer.
 * @param signal aborts once the caller has left
 */
export async function relayCall(
  call: RelayCall,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: CancelSignal,
  dependencies: RelayDependencies,
): Promise<FastifyReply> {
  const { idpTokens, clock } = dependencies;
  const startedAt = clock.now();
  checkPath(call.rawPath);
  askPolicy(call, request.method, dependencies.policy);

  const choice = {
    connection: call.connection,
    ...(call.idpUserId !== undefined && { idpUserId: call.idpUserId }),
  };
  const tokenRequest = (): TokenRequest => {
    // An ID token opens nothing at Auth0; only an access token does.
    const isSubject = call.caller.kind === 'user' && call.caller.tokenKind === 'access_token';
    return {
      ...(isSubject && { subject: new Secret(readBearer(request)) }),
      deadline: clock.now() + dependencies.requestDeadlineMs,
    };
  };
  const token =
    idpTokens.recall(call.userId, choice) ?? (await idpTokens.token(call.userId, choice, tokenRequest()));
  const upstream = findUpstream(call, request, token);
  askPolicy(call, request.method, dependencies.policy, upstream.baseUrl, token);

  limitSendersSilence(request, dependencies.idleTimeoutMs);
  const { socket } = request.raw;
  const body = hasBody(request) ? request.raw : null;
  const first = await exchange(token, upstream, request, body, signal, dependencies);
  const handOn = async (exchanged: Exchange, idpMs: number, sent: IdpToken): Promise<FastifyReply> => {
    // Answers that arrived together go out together. A write that finds its reader asleep wakes it, which costs more than
    // the write; one that follows at once finds it awake.
    await endOfTurn();
    if (signal.aborted) discard(exchanged.body);
    signal.throwIfAborted();
    dependencies.onAnswered(reply.elapsedTime - idpMs);
    if (exchanged.body instanceof Readable) limitReadersSilence(reply, socket, dependencies.idleTimeoutMs);
    return answer(exchanged, { call, token: sent, upstream }, reply);
  };
  if (!first.refusesToken) return handOn(first, first.idpMs, token);

  discard(first.body);
  const newer = await idpTokens
    .token(call.userId, choice, { ...tokenRequest(), notBefore: startedAt })
    .catch((error: unknown) => {
      request.log.debug({ code: errorCode(error) }, 'no newer IdP token');
      return undefined;
    });
  if (newer === undefined || newer.accessToken.fingerprint() === token.accessToken.fingerprint()) {
    throw tokenRefused(idpTokens, token);
  }
  if (body !== null) {
    throw new Problem(
      'idp_token_replaced',
      'The IdP refused the old token. A new one is there now: send the request again.',
    );
  }
  const second = await exchange(newer, upstream, request, null, signal, dependencies);
  if (!second.refusesToken) return handOn(second, first.idpMs + second.idpMs, newer);
  discard(second.body);
  throw tokenRefused(idpTokens, newer);
}

interface Exchange {
  readonly response: IdpResponse;
  readonly refusesToken: boolean;
  readonly body: Readable | Buffer;
  /** Finds what was sent to the IdP as proof and must not come back; in the body it is written over by now. */
  readonly mask: SecretMask;
  /** Milliseconds until the IdP had answered; with its body, where that is short. */
  readonly idpMs: number;
}

async function exchange(
  token: IdpToken,
  upstream: UpstreamUrl,
  request: FastifyRequest,
  body: Readable | null,
  signal: CancelSignal,
  { idpClient, idpTokens, clock, client }: RelayDependencies,
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

function findUpstream(call: RelayCall, request: FastifyRequest, token: IdpToken): UpstreamUrl {
  const chosen = request.headers['relay-base-url'];
  return buildUpstreamUrl({
    rawPath: call.rawPath,
    rawQuery: call.rawQuery,
    baseUrls: token.entry.apiBaseUrls,
    chosenBaseUrl: chosen === undefined ? undefined : String(chosen),
  });
}

function askPolicy(
  call: RelayCall,
  method: string,
  policy: Policy,
  baseUrl?: string,
  token?: IdpToken,
): void {
  const question: PolicyQuestion = {
    clientId: call.caller.clientId,
    connection: call.connection,
    method,
    path: call.rawPath,
    ...(baseUrl !== undefined && {
      baseUrl: { url: baseUrl, isDefault: baseUrl === token?.entry.apiBaseUrls[0] },
    }),
  };
  const verdict: PolicyAnswer = policy.ask(question);
  if (verdict.allowed) return;
  const who = policy.clientName(question.clientId) ?? question.clientId;
  throw new Problem(
    'call_not_allowed_by_policy',
    `No rule of the policy covers this ${verdict.missing}: client "${who}", ${method} ${question.path} of the connection ` +
      `"${question.connection}". An operator can add such a rule.`,
    {
      members: {
        missing_rule: {
          missing: verdict.missing,
          client: who,
          connection: question.connection,
          method,
          path: question.path,
          ...(baseUrl !== undefined && { base_url: baseUrl }),
        },
      },
    },
  );
}

function tokenRefused(idpTokens: IdpTokens, token: IdpToken): IdpTokenUnusableError {
  return new IdpTokenUnusableError(idpTokens.judge(token), token.identity);
}

/** Headers that the IdP asks for on every call, where the caller sends none of its own. */
function defaultHeaders({ entry }: IdpToken): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'idp-relay' };
  for (const { name, value, required } of entry.defaultHeaders ?? []) {
    if (value !== undefined && required !== 'conditional') headers[name.toLowerCase()] = value;
  }
  return headers;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
