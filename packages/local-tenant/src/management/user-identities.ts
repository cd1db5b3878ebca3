import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Identity, User } from '../state/tenant-state.ts';
import { moveInVault } from '../token-vault/vault.ts';
import { findUser } from './find-user.ts';
import { invalidBody } from './management-error.ts';

const Link = z.object({ provider: z.string(), user_id: z.union([z.string(), z.number()]).transform(String) });
const Unlink = z.object({ id: z.string(), provider: z.string(), user_id: z.string() });

/** Linking and unlinking of a user's identities. */
export function registerUserIdentities(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const save = (user: User): void => {
    user.updated_at = isoTime(clock.now());
    database.save();
  };

  app.post('/users/:id/identities', { config: { anyScope: ['update:users'] } }, (request, reply) => {
    const primary = findUser(state, request.params);
    const parsed = Link.safeParse(request.body);
    if (!parsed.success) throw invalidBody('provider and user_id are needed');
    const secondary = findUser(state, { id: `${parsed.data.provider}|${parsed.data.user_id}` });
    if (secondary === primary) throw invalidBody('Main account and linked account cannot be the same');
    primary.identities.push(...secondary.identities);
    state.users.splice(state.users.indexOf(secondary), 1);
    for (const identity of secondary.identities)
      moveInVault(state, identity, secondary.user_id, primary.user_id);
    save(primary);
    return reply.code(201).send(publicIdentities(primary, request.managementScopes));
  });

  app.delete(
    '/users/:id/identities/:provider/:user_id',
    { config: { anyScope: ['update:users'] } },
    (request) => {
      const primary = findUser(state, request.params);
      const { provider, user_id: id } = Unlink.parse(request.params);
      const index = primary.identities.findIndex(
        (identity) => identity.provider === provider && identity.user_id === id,
      );
      if (index < 1) throw invalidBody('Only a linked identity can be unlinked');
      const [identity] = primary.identities.splice(index, 1);
      if (identity !== undefined) {
        const user = userOfUnlinked(identity, isoTime(clock.now()));
        state.users.push(user);
        moveInVault(state, identity, primary.user_id, user.user_id);
      }
      save(primary);
      return publicIdentities(primary, request.managementScopes);
    },
  );
}

/** Identities as others see them: IdP tokens only under `read:user_idp_tokens`. */
export function publicIdentities(user: User, scopes: readonly string[]): Identity[] {
  return user.identities.map((identity, index) => {
    const { profileData, ...withTokens } = identity;
    const {
      access_token: _token,
      access_token_secret: _secret,
      refresh_token: _refresh,
      expires_in: _end,
      ...withoutTokens
    } = withTokens;
    return {
      ...(scopes.includes('read:user_idp_tokens') ? withTokens : withoutTokens),
      // Auth0 repeats the profile of linked identities only; the primary one's is the user's own.
      ...(index > 0 && profileData !== undefined && { profileData }),
    };
  });
}

function userOfUnlinked(identity: Identity, now: string): User {
  return {
    user_id: `${identity.provider}|${identity.user_id}`,
    name: typeof identity.profileData?.name === 'string' ? identity.profileData.name : identity.user_id,
    identities: [identity],
    created_at: now,
    updated_at: now,
    logins_count: 0,
    roles: [],
  };
}
