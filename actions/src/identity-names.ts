import type { PostLoginEvent } from './post-login-event.ts';

/** Which identity at which IdP, without anything that Auth0 keeps of it. */
export interface IdentityName {
  readonly connection: string;
  readonly provider: string;
  /** The user's id at the IdP. */
  readonly user_id: string;
}

/**
 * Names the user's identities, by three fields each: no other field is looked at, so no token can be. What has no
 * connection, provider and id is left out.
 */
export function nameIdentities({ user }: PostLoginEvent): readonly IdentityName[] {
  return (user.identities ?? []).flatMap(({ connection, provider, user_id: id }) => {
    // Profiles of long ago have numbers here.
    const userId = typeof id === 'number' ? String(id) : id;
    return typeof connection === 'string' && typeof provider === 'string' && typeof userId === 'string'
      ? [{ connection, provider, user_id: userId }]
      : [];
  });
}
