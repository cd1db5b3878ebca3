import { z } from 'zod';
import { LifetimeSeconds } from './lifetime-seconds.ts';
import { Secret } from './secret.ts';

/** One identity of a user, as the tenant keeps it, with its tokens sealed. */
export interface StoredIdentity {
  /** Name of the connection the user came through, such as `github` or `my-entra`. */
  readonly connection: string;
  /** The connection's strategy, such as `google-oauth2`. */
  readonly provider: string;
  /** The user id at the IdP, without the `provider|` in front. */
  readonly idpUserId: string;
  readonly isSocial: boolean;
  /** True for the identity whose id is part of the `user_id`; the others are linked to it. */
  readonly primary: boolean;
  readonly accessToken?: Secret;
  /** Of OAuth 1.0a connections. */
  readonly accessTokenSecret?: Secret;
  readonly refreshToken?: Secret;
  /** Seconds from the time of issue, which Auth0 does not store. */
  readonly expiresInSeconds?: number;
}

/** The part of a user that this package reads. */
export interface UserProfile {
  readonly userId: string;
  /** As the IdP or the user wrote it: untrusted text. */
  readonly name?: string;
  /** Untrusted text too, and verified or not. */
  readonly email?: string;
  readonly blocked: boolean;
  /** Milliseconds since the epoch: the last login through any of the identities. */
  readonly lastLogin?: number;
  readonly identities: readonly StoredIdentity[];
  /** Milliseconds since the epoch: when the tenant gave this answer. */
  readonly readAt: number;
}

/** The `fields` of `GET /api/v2/users/{id}` that {@link ManagementUser} needs, and no more. */
export const userProfileFields = ['user_id', 'name', 'email', 'identities', 'last_login', 'blocked'] as const;

const text = z.string().min(1);

/** Some IdPs have numeric user ids, and Auth0 hands them on as JSON numbers. */
const idpUserId = z.union([text, z.number()]).transform(String);

const ManagementIdentity = z.object({
  connection: text,
  provider: text,
  user_id: idpUserId,
  isSocial: z.boolean().optional().catch(undefined),
  // What cannot be read is left out: the other identities, and the other users of a page, have nothing to do with it.
  access_token: text.optional().catch(undefined),
  access_token_secret: text.optional().catch(undefined),
  refresh_token: text.optional().catch(undefined),
  expires_in: LifetimeSeconds.optional().catch(undefined),
});

/** The Management API's user, as far as it is read here; whatever is not needed is dropped at this border. */
export const ManagementUser = z.object({
  user_id: text,
  name: text.optional().catch(undefined),
  email: text.optional().catch(undefined),
  blocked: z.boolean().nullish(),
  last_login: z.coerce.date().optional().catch(undefined),
  identities: z.array(ManagementIdentity).default([]),
});

/**
 * Turns the Management API's user into a profile with sealed tokens.
 * @param readAt milliseconds since the epoch
 * @see https://auth0.com/docs/secure/tokens/access-tokens/identity-provider-access-tokens
 */
export function toUserProfile(user: z.infer<typeof ManagementUser>, readAt: number): UserProfile {
  return {
    userId: user.user_id,
    ...(user.name !== undefined && { name: user.name }),
    ...(user.email !== undefined && { email: user.email }),
    blocked: user.blocked ?? false,
    ...(user.last_login && { lastLogin: user.last_login.getTime() }),
    identities: user.identities.map((identity) => ({
      connection: identity.connection,
      provider: identity.provider,
      idpUserId: identity.user_id,
      isSocial: identity.isSocial ?? false,
      primary: isPrimary(user.user_id, identity),
      ...(identity.access_token !== undefined && { accessToken: new Secret(identity.access_token) }),
      ...(identity.access_token_secret !== undefined && {
        accessTokenSecret: new Secret(identity.access_token_secret),
      }),
      ...(identity.refresh_token !== undefined && { refreshToken: new Secret(identity.refresh_token) }),
      ...(identity.expires_in !== undefined && { expiresInSeconds: identity.expires_in }),
    })),
    readAt,
  };
}

/**
 * The primary identity is the one that the `user_id` is made of: `provider|id`. Enterprise connections and custom ones
 * put the connection's name between or in front of the id, and Auth0 repeats it in the identity or not.
 */
function isPrimary(userId: string, identity: z.infer<typeof ManagementIdentity>): boolean {
  const { provider, connection, user_id: id } = identity;
  return userId === `${provider}|${id}` || userId === `${provider}|${connection}|${id}`;
}
