import type { Clock, IdpClientCredentials, IdpToken, IdpTokens } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toVerdictDocument, VerdictDocument } from '../identities/verdict-schema.ts';
import { abortedWhenCallerLeaves } from '../relay/caller-presence.ts';
import type { IdpClient } from '../relay/idp-client.ts';
import type { IdpResponse } from '../relay/response-receiver.ts';
import { readJson } from '../relay/read-json.ts';
import { revocationRequests } from './revocation-request.ts';

/** What the route of revocations works with. */
export interface RevokeRoutesOptions {
  readonly idpTokens: IdpTokens;
  /** The tenant's client at the IdP of a connection, where the operators named it. */
  readonly client: (connection: string) => IdpClientCredentials | undefined;
  readonly idpClient: IdpClient;
  readonly clock: Clock;
  /** Longest wait for Auth0, and for the IdP, in milliseconds. */
  readonly requestDeadlineMs: number;
}

/** - `revoked`: the IdP said so. - `not_possible`: it has no call for it that could be made. - `failed`: it did not say so. */
const atIdp = z.enum(['revoked', 'not_possible', 'failed']);

const Revoked = z.object({
  verdict: VerdictDocument,
  at_idp: atIdp.describe(
    'What became of the token at the IdP itself; the relay does not use it any more either way',
  ),
});

/** The route that takes a token out of use: at the IdP where that is possible, and in the relay always. */
export const revokeRoutes: FastifyPluginAsyncZod<RevokeRoutesOptions> = async (app, options) => {
  const { idpTokens, clock, requestDeadlineMs } = options;

  const revokeAtIdp = async (token: IdpToken, gone: AbortSignal): Promise<z.infer<typeof atIdp>> => {
    try {
      const requests = revocationRequests(token, options.client(token.identity.connection));
      if (requests.length === 0) return 'not_possible';
      const signal = AbortSignal.any([gone, AbortSignal.timeout(requestDeadlineMs)]);
      let outcome: z.infer<typeof atIdp> = 'revoked';
      for (const request of requests) {
        const response = await options.idpClient.send({ ...request, signal });
        if (!isDone(response, await readJson(response, signal))) outcome = 'failed';
      }
      return outcome;
    } catch {
      // The relay's own part is done, and must not hang on the IdP's.
      return 'failed';
    }
  };

  app.post(
    '/v1/users/:user_id/identities/:connection/revoke',
    {
      config: { access: { caller: 'any', permission: 'revoke:identities' } },
      schema: {
        summary: 'Revoke the token of an identity, at its IdP where possible and in the relay always',
        description:
          'Auth0 goes on storing the token: it has no way to take one out. The relay uses nothing of it until the user signs in ' +
          'again; other processes of it are told at once. Tokens in Token Vault cannot be revoked here.',
        tags: ['identities'],
        params: z.object({ user_id: z.string().min(1), connection: z.string().min(1) }),
        querystring: z.object({ identity: z.string().min(1).optional() }),
        response: { 200: Revoked },
      },
    },
    async (request, reply) => {
      const { user_id: userId, connection } = request.params;
      const { identity: idpUserId } = request.query;
      const now = clock.now();
      const token = await idpTokens.tokenToRevoke(
        userId,
        { connection, ...(idpUserId !== undefined && { idpUserId }) },
        { deadline: now + requestDeadlineMs, notBefore: now },
      );
      // First what is sure to work: from here on nothing is sent with this token but its own revocation.
      const verdict = await idpTokens.revoke(token);
      const outcome = await revokeAtIdp(token, abortedWhenCallerLeaves(reply));
      request.log.info({ connection, at_idp: outcome }, 'an operator revoked a token');
      return reply.send({ verdict: toVerdictDocument(verdict), at_idp: outcome });
    },
  );
};

/**
 * A 200 can be a refusal: Slack says `"ok": false` in it, others name an `error`. An IdP that knows no such token (any more)
 * has nothing left to revoke; some say so with an error (RFC 7009 section 2.2 asks for a 200).
 */
function isDone({ status }: IdpResponse, answer: unknown): boolean {
  if (status === 400 && UnknownToken.safeParse(answer).success) return true;
  return status < 300 && !Refusal.safeParse(answer).success;
}

const Refusal = z.union([
  z.looseObject({ ok: z.literal(false) }),
  z.looseObject({ error: z.union([z.string(), z.looseObject({})]) }),
]);

const UnknownToken = z.looseObject({ error: z.literal('invalid_token') });
