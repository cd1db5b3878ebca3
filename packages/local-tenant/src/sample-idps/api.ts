import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { SampleAccount, SampleIdpToken } from './sample-idp-state.ts';
import { findSampleToken, revokeSampleToken, sampleIdpClient } from './sample-idp-store.ts';
import type { DeadTokenReason, IdpAnswer, SampleIdp, SampleResource } from './sample-idp.ts';

/** A live token and whose it is. */
export interface SampleCaller {
  readonly token: SampleIdpToken;
  readonly account: SampleAccount;
}

const Query = z.object({ access_token: z.string().optional() });
const hour = 3600_000;

/** The IdP's API: every resource behind a live token with the right scope, with the IdP's own answers to anything else. */
export function registerApi(app: FastifyInstance, context: LocalTenantContext, idp: SampleIdp): void {
  for (const resource of idp.resources) {
    app.route({
      method: resource.method,
      url: `${idp.endpoints.api}${resource.path}`,
      handler: (request, reply) => {
        const caller = authenticateCall(context, idp, request, reply, resource);
        if (caller === undefined) return reply;
        const { anyScope } = resource;
        if (anyScope !== undefined && !anyScope.some((scope) => caller.token.scope.includes(scope))) {
          return send(reply, idp.missingScope(anyScope, caller.token.scope));
        }
        return send(reply, resource.handle({ ...caller, request, now: context.clock.now() }));
      },
    });
  }
  registerRevocation(app, context, idp);
}

/**
 * The caller of a request, with the headers of its answer set; or `undefined` after the refusal was sent.
 * A token counts when it is this IdP's own, not revoked and not over.
 */
export function authenticateCall(
  context: LocalTenantContext,
  idp: SampleIdp,
  request: FastifyRequest,
  reply: FastifyReply,
  resource?: SampleResource,
): SampleCaller | undefined {
  const value =
    resource?.tokenInQuery === true ? Query.safeParse(request.query).data?.access_token : bearer(request);
  const token = value === undefined ? undefined : findSampleToken(context, value);
  const now = context.clock.now();
  void reply.headers(idp.rateLimitHeaders(countCall(context, token, now), now));
  const reason = value === undefined ? 'absent' : deadReason(idp, token, now);
  const account = context.database.state.sampleIdps.accounts.find(
    (candidate) => candidate.strategy === idp.strategy && candidate.id === token?.accountId,
  );
  if (reason !== undefined || token === undefined || account === undefined) {
    send(reply, (resource?.deadToken ?? idp.deadToken)(reason ?? 'unknown'));
    return undefined;
  }
  void reply.headers(idp.tokenHeaders?.(token) ?? {});
  return { token, account };
}

/** Sends an answer in the IdP's words. */
export function send(reply: FastifyReply, { status, body, headers }: IdpAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}

function bearer(request: FastifyRequest): string | undefined {
  return /^(?:bearer|token|oauth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Why a token does not count at this IdP; `undefined` for one that does. */
export function deadReason(
  idp: SampleIdp,
  token: SampleIdpToken | undefined,
  now: number,
): DeadTokenReason | undefined {
  if (token?.strategy !== idp.strategy) return 'unknown';
  if (token.revoked) return 'revoked';
  return token.expiresAt !== undefined && token.expiresAt <= now ? 'expired' : undefined;
}

/** Calls of a token in the running hour, for the rate-limit headers; kept by the tenant they belong to. */
const callCounts = new WeakMap<
  LocalTenantContext,
  Map<string, { readonly hour: number; readonly count: number }>
>();

function countCall(context: LocalTenantContext, token: SampleIdpToken | undefined, now: number): number {
  if (token === undefined) return 0;
  const counts = callCounts.get(context) ?? new Map<string, { hour: number; count: number }>();
  callCounts.set(context, counts);
  const running = Math.floor(now / hour);
  const earlier = counts.get(token.accessToken);
  const count = earlier?.hour === running ? earlier.count + 1 : 1;
  counts.set(token.accessToken, { hour: running, count });
  return count;
}

const RevocationRequest = z.object({ token: z.string().optional(), access_token: z.string().optional() });

function registerRevocation(app: FastifyInstance, context: LocalTenantContext, idp: SampleIdp): void {
  if (idp.revocation === undefined) return;
  app.route({
    method: idp.revocation.method,
    url: idp.revocation.path,
    handler: (request, reply) => {
      const named = RevocationRequest.safeParse(request.body ?? {}).data;
      const { clientId, clientSecret } = sampleIdpClient(idp.strategy);
      const isClient =
        request.headers.authorization ===
        `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
      // A token names itself by bearing itself; somebody else's needs the client's credentials, where the IdP asks for them.
      const value = named?.token ?? named?.access_token ?? bearer(request);
      if (value === undefined || (idp.strategy === 'github' && !isClient))
        return send(reply, idp.deadToken('absent'));
      revokeSampleToken(context, value);
      return reply.code(idp.strategy === 'github' ? 204 : 200).send();
    },
  });
}
