import { Readable } from 'node:stream';
import {
  IdpTokenUnusableError,
  Secret,
  type IdpToken,
  type IdpTokens,
  type TokenRequest,
} from '@idp-relay/idp-tokens';
import type { Policy } from '@idp-relay/relay-configuration';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBearer } from '../authenticate/bearer.ts';
import type { VerifiedCaller } from '../authenticate/verified-caller.ts';
import { Problem } from '../problems/problem.ts';
import { askPolicy } from './ask-policy.ts';
import type { CancelSignal } from './cancel-signal.ts';
import { endOfTurn } from './end-of-turn.ts';
import { exchange, type Exchange, type ExchangeDependencies } from './exchange.ts';
import { answer } from './idp-answer.ts';
import { hasBody } from './request-body.ts';
import { discard } from './response-receiver.ts';
import { limitReadersSilence, limitSendersSilence } from './silence-limits.ts';
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
export interface RelayDependencies extends ExchangeDependencies {
  readonly policy: Policy;
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
  const { idpTokens, clock, policy } = dependencies;
  const startedAt = clock.now();
  checkPath(call.rawPath);
  const question = {
    clientId: call.caller.clientId,
    connection: call.connection,
    method: request.method,
    path: call.rawPath,
  };
  askPolicy(policy, question);

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
  const [defaultBaseUrl] = token.entry.apiBaseUrls;
  const baseUrl = { url: upstream.baseUrl, isDefault: upstream.baseUrl === defaultBaseUrl };
  askPolicy(policy, { ...question, baseUrl });

  limitSendersSilence(request, dependencies.idleTimeoutMs);
  const { socket } = request.raw;
  const body = hasBody(request) ? request.raw : null;
  const first = await exchange({ token, upstream, request, body, signal }, dependencies);
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
  const second = await exchange({ token: newer, upstream, request, body: null, signal }, dependencies);
  if (!second.refusesToken) return handOn(second, first.idpMs + second.idpMs, newer);
  discard(second.body);
  throw tokenRefused(idpTokens, newer);
}

function findUpstream(call: RelayCall, request: FastifyRequest, token: IdpToken): UpstreamUrl {
  const chosen = request.headers['relay-base-url'];
  return buildUpstreamUrl({
    rawPath: call.rawPath,
    rawQuery: call.rawQuery,
    baseUrls: token.entry.apiBaseUrls,
    methodParameter: token.entry.methodParameter,
    chosenBaseUrl: chosen === undefined ? undefined : String(chosen),
  });
}

function tokenRefused(idpTokens: IdpTokens, token: IdpToken): IdpTokenUnusableError {
  return new IdpTokenUnusableError(idpTokens.judge(token), token.identity);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
