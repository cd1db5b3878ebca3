import type { Catalogue } from '@idp-relay/idp-catalogue';
import { verdictReasons, verdictStates, type Clock, type IdpTokens } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IdentityDocument, toIdentityDocument } from '../identities/verdict-schema.ts';
import type { SeenUsers } from './seen-users.ts';
import type { SignInLinks } from './sign-in-links.ts';
import { toUserDocument, UserDocument } from './user-document.ts';
import { searchUsers, type UserSearchDependencies } from './user-search.ts';

/** What the routes of users work with. */
export interface UserRoutesOptions extends UserSearchDependencies {
  readonly idpTokens: IdpTokens;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly seenUsers: SeenUsers;
  readonly signInLinks: SignInLinks;
  /** Longest wait for Auth0, in milliseconds. */
  readonly requestDeadlineMs: number;
}

const ListedUser = UserDocument.extend({
  identities: z.array(
    z.object({
      connection: z.string(),
      provider: z.string(),
      idp_user_id: z.string(),
      display_name: z.string().optional(),
      state: z.enum(verdictStates),
      reason: z.enum(verdictReasons),
      callable: z.boolean(),
    }),
  ),
}).meta({ id: 'ListedUser' });

const Users = z.object({
  users: z.array(ListedUser),
  page: z.number().int(),
  per_page: z.number().int(),
  total: z.number().int().describe('Users who match, as far as was looked'),
  searched: z.number().int().describe('Users whose identities were judged, where a state was asked for'),
  matching: z
    .number()
    .int()
    .describe('Users who match but for the state; more than `searched` in large tenants'),
});

const InspectedIdentity = IdentityDocument.extend({
  sign_in_url: z
    .url()
    .optional()
    .describe('A sign-in that would mend the token, for the user; where the operators configured one'),
}).meta({ id: 'InspectedIdentity' });

const UserWithIdentities = z.object({ user: UserDocument, identities: z.array(InspectedIdentity) });

const access = { caller: 'any', permission: 'inspect:identities' } as const;

/** Routes for operators: find users, and see which of their identities can be called. No answer holds a token. */
export const userRoutes: FastifyPluginAsyncZod<UserRoutesOptions> = async (app, options) => {
  const { idpTokens, catalogue, clock, seenUsers, signInLinks } = options;
  const deadline = (): number => clock.now() + options.requestDeadlineMs;

  app.get(
    '/v1/users',
    {
      config: { access },
      schema: {
        summary: 'Find users by name, e-mail or user id, and by connection and state of their identities',
        tags: ['operators'],
        querystring: z.object({
          q: z
            .string()
            .max(200)
            .default('')
            .describe('Beginning of a name or e-mail address, or a whole user id'),
          connection: z
            .string()
            .min(1)
            .max(128)
            .optional()
            .describe('Users with an identity of this connection'),
          state: z.enum(verdictStates).optional().describe('Users with an identity in this state'),
          page: z.coerce.number().int().min(0).max(19).default(0).describe('Counted from 0'),
          per_page: z.coerce.number().int().min(1).max(50).default(25),
        }),
        response: { 200: Users },
      },
    },
    async (request) => {
      const { q: text, connection, state, page, per_page: perPage } = request.query;
      const search = { text, connection, state, page, perPage, deadline: deadline() };
      const { users, total, searched, matching } = await searchUsers(search, options);
      for (const user of users) seenUsers.record(user);
      return {
        users: users.map((user) => ({
          ...toUserDocument(user),
          identities: user.identities.map(({ connection: name, provider, idpUserId, verdict }) => ({
            connection: name,
            provider,
            idp_user_id: idpUserId,
            display_name: catalogue.find({ strategy: provider, connection: name })?.displayName,
            state: verdict.state,
            reason: verdict.reason,
            callable: verdict.callable,
          })),
        })),
        page,
        per_page: perPage,
        total,
        searched,
        matching,
      };
    },
  );

  app.get(
    '/v1/users/:user_id/identities',
    {
      config: { access },
      schema: {
        summary: 'A user, and their identities with verdicts',
        tags: ['operators'],
        params: z.object({ user_id: z.string().min(1) }),
        response: { 200: UserWithIdentities },
      },
    },
    async (request) => {
      const user = await idpTokens.user(request.params.user_id, { deadline: deadline() });
      seenUsers.record(user);
      return {
        user: toUserDocument(user),
        identities: user.identities.map((report) => {
          const entry = catalogue.find({ strategy: report.provider, connection: report.connection });
          return {
            ...toIdentityDocument(report, entry),
            sign_in_url: signInLinks.linkFor(report, entry, user.email),
          };
        }),
      };
    },
  );
};
