import type { StoredIdentity } from './user-profile.ts';

/** Identities are of one profile, and thereby of one user, for as long as they live. */
const names = new WeakMap<object, string>();

/** Names an identity among all of the tenant's, to keep things by. */
export function identityName(
  userId: string,
  identity: Pick<StoredIdentity, 'connection' | 'idpUserId'>,
): string {
  const known = names.get(identity);
  if (known !== undefined) return known;
  const name = JSON.stringify([userId, identity.connection, identity.idpUserId]);
  names.set(identity, name);
  return name;
}
