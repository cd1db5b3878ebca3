import type { Catalogue } from '@idp-relay/idp-catalogue';
import type { Clock, IdpClientCredentials, IdpTokens } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { userOf } from '../authorize/authorization.ts';
import { probeIdentity } from '../probe/probe-identity.ts';
import { abortedWhenCallerLeaves } from '../relay/caller-presence.ts';
import type { IdpClient } from '../relay/idp-client.ts';
import {
  IdentityDocument,
  toIdentityDocument,
  toVerdictDocument,
  VerdictDocument,
} from './verdict-schema.ts';

/** What the routes of identities work with. */
export interface IdentityRoutesOptions {
  readonly idpTokens: IdpTokens;
  readonly catalogue: Catalogue;
  readonly idpClient: IdpClient;
  /** The tenant's client at the IdP of a connection, where the operators named it. */
  readonly client: (connection: string) => IdpClientCredentials | undefined;
  readonly clock: Clock;
  /** Longest wait for Auth0, in milliseconds. */
  readonly requestDeadlineMs: number;
}

const Identities = z.object({ user_id: z.string(), identities: z.array(IdentityDocument) });
const CheckResult = z.object({
  verdict: VerdictDocument,
  probed: z.string().describe('Method and host of the call that the verdict rests on'),
  introspected: z.string().optional().describe('Method and host of the introspection, where one was made'),
});

/** My identities, and the live check of anybody's. No answer holds a token. */
export const identityRoutes: FastifyPluginAsyncZod<IdentityRoutesOptions> = async (app, options) => {
  const { idpTokens, catalogue, clock } = options;

  app.get(
    '/v1/me/identities',
    {
      config: { access: { caller: 'user', idTokens: true } },
      schema: {
        summary: 'My identities and what can be called',
        tags: ['identities'],
        response: { 200: Identities },
      },
    },
    async (request) => {
      const user = await idpTokens.user(userOf(request), {
        deadline: clock.now() + options.requestDeadlineMs,
      });
      return {
        user_id: user.userId,
        identities: user.identities.map((report) =>
          toIdentityDocument(
            report,
            catalogue.find({ strategy: report.provider, connection: report.connection }),
          ),
        ),
      };
    },
  );

  app.post(
    '/v1/users/:user_id/identities/:connection/check',
    {
      config: { access: { caller: 'any', permission: 'inspect:identities' } },
      schema: {
        summary: 'One live check of the token at its IdP',
        description:
          'By a harmless call, and by introspection (RFC 7662) where the catalogue has one and the connection’s client is ' +
          'configured: instead of the call, or besides it for scopes and end.',
        tags: ['identities'],
        params: z.object({ user_id: z.string().min(1), connection: z.string().min(1) }),
        querystring: z.object({ identity: z.string().min(1).optional() }),
        response: { 200: CheckResult },
      },
    },
    async (request, reply) => {
      const { user_id: userId, connection } = request.params;
      const { identity: idpUserId } = request.query;
      // Who checks wants to know of the token that is stored now, not of one that a sign-in has replaced meanwhile.
      const notBefore = clock.now();
      const token = await idpTokens.tokenForProbe(
        userId,
        { connection, ...(idpUserId !== undefined && { idpUserId }) },
        { deadline: notBefore + options.requestDeadlineMs, notBefore },
      );
      const signal = AbortSignal.any([
        abortedWhenCallerLeaves(reply),
        AbortSignal.timeout(options.requestDeadlineMs),
      ]);
      const { observation, probed, introspected } = await probeIdentity(token, {
        idpClient: options.idpClient,
        client: options.client(connection),
        clock,
        signal,
      });
      await idpTokens.observe(token, observation);
      return reply.send({ verdict: toVerdictDocument(idpTokens.judge(token)), probed, introspected });
    },
  );
};
