import { ConnectionNotLinkedError, IdentityAmbiguousError } from './errors.ts';
import type { StoredIdentity, UserProfile } from './user-profile.ts';

/** Which identity of a user is meant. */
export interface IdentityChoice {
  readonly connection: string;
  /** Needed where the user has several identities of the connection. */
  readonly idpUserId?: string;
}

/**
 * The one identity that is meant, found by what it is and never by its position.
 * @throws ConnectionNotLinkedError when the user has none of the connection, or not the one with that IdP user id
 * @throws IdentityAmbiguousError when there are several and none was chosen
 */
export function chooseIdentity(profile: UserProfile, choice: IdentityChoice): StoredIdentity {
  const ofConnection = profile.identities.filter((identity) => identity.connection === choice.connection);
  const candidates =
    choice.idpUserId === undefined
      ? ofConnection
      : ofConnection.filter((identity) => identity.idpUserId === choice.idpUserId);
  const [first, ...others] = candidates;
  if (first === undefined) {
    throw new ConnectionNotLinkedError(
      choice.connection,
      profile.identities.map((identity) => identity.connection),
    );
  }
  if (others.length > 0) {
    throw new IdentityAmbiguousError(
      choice.connection,
      candidates.map((identity) => identity.idpUserId),
    );
  }
  return first;
}
