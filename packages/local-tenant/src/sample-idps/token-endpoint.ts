import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { isTheTenant } from './is-the-tenant.ts';
import type { SampleIdpToken } from './sample-idp-state.ts';
import { issueSampleToken, refreshSampleToken } from './sample-idp-store.ts';
import type { SampleIdp } from './sample-idp.ts';

const TokenRequest = z.object({
  grant_type: z.string(),
  code: z.string().default(''),
  redirect_uri: z.string().default(''),
  refresh_token: z.string().default(''),
  scope: z.string().optional(),
});

/**
 * The IdP's token endpoint: codes and refresh tokens.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-3.2
 */
export function registerTokenEndpoint(
  app: FastifyInstance,
  context: LocalTenantContext,
  idp: SampleIdp,
  codes: AuthorizationCodes,
): void {
  app.post(idp.endpoints.token, (request, reply) => {
    const parsed = TokenRequest.safeParse(request.body);
    if (!parsed.success) return refuse(idp, request, reply, 'invalid_request', 400);
    if (!isTheTenant(idp.strategy, idp.clientAuthentication, request))
      return refuse(idp, request, reply, 'invalid_client', 401);
    switch (parsed.data.grant_type) {
      case 'authorization_code': {
        const grant = codes.redeem(parsed.data.code);
        if (grant?.redirectUri !== parsed.data.redirect_uri)
          return refuse(idp, request, reply, 'invalid_grant', 400);
        const token = issueSampleToken(context, {
          strategy: idp.strategy,
          accountId: grant.accountId,
          scope: grant.scope,
          offlineAccess: grant.offlineAccess,
        });
        return answer(idp, request, reply, tokenAnswer(idp, token));
      }
      case 'refresh_token': {
        const outcome = refreshSampleToken(
          context,
          idp.strategy,
          parsed.data.refresh_token,
          parsed.data.scope?.split(idp.scopeSeparator),
        );
        if (!outcome.granted) {
          const tooEarly = outcome.reason === 'too_early' ? idp.refresh?.notBefore : undefined;
          const error = outcome.reason === 'scope' ? 'invalid_scope' : 'invalid_grant';
          return refuse(idp, request, reply, tooEarly?.error ?? error, 400, tooEarly?.description);
        }
        const { refresh_token: refreshToken, ...renewed } = tokenAnswer(idp, outcome.token);
        // Where refresh tokens stay the same, the answer does not repeat them.
        return answer(
          idp,
          request,
          reply,
          idp.refresh?.rotates === true ? { ...renewed, refresh_token: refreshToken } : renewed,
        );
      }
      default:
        return refuse(idp, request, reply, 'unsupported_grant_type', 400);
    }
  });
}

function tokenAnswer(idp: SampleIdp, token: SampleIdpToken): Record<string, string | number | undefined> {
  return {
    access_token: token.accessToken,
    token_type: idp.strategy === 'github' ? 'bearer' : 'Bearer',
    scope: token.scope.join(idp.scopeSeparator),
    ...(idp.accessTokenLifetimeSeconds !== undefined && { expires_in: idp.accessTokenLifetimeSeconds }),
    ...(token.refreshToken !== undefined && { refresh_token: token.refreshToken }),
  };
}

function refuse(
  idp: SampleIdp,
  request: FastifyRequest,
  reply: FastifyReply,
  error: string,
  status: number,
  description = `The request was refused: ${error}.`,
): FastifyReply {
  void reply.code(idp.tokenErrorsAreOk === true ? 200 : status);
  return answer(idp, request, reply, { error, error_description: description });
}

function answer(
  idp: SampleIdp,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Readonly<Record<string, string | number | undefined>>,
): FastifyReply {
  void reply.header('cache-control', 'no-store');
  const wantsJson = request.headers.accept?.includes('application/json') === true;
  if (idp.tokenAnswerIsFormByDefault !== true || wantsJson) return reply.send(body);
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) if (value !== undefined) form.set(name, String(value));
  return reply.type('application/x-www-form-urlencoded').send(form.toString());
}
