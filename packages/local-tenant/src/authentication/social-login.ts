import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { IdpProfile } from '../sample-idps/sample-idp.ts';
import type { Connection, Identity, User } from '../state/tenant-state.ts';
import { isVaulted, keepInVault } from '../token-vault/vault.ts';
import type { AuthorizationError } from './authorization-error.ts';
import type { ChosenIdp } from './enabled-connections.ts';
import { exchangeCode, readProfile, type IdpTokens } from './idp-client.ts';

/** What comes of the IdP's answer. */
export type SocialLogin =
  | { /** `isNew`: this login made the user. */ readonly user: User; readonly isNew: boolean }
  | AuthorizationError;

/**
 * Ends a login at an IdP as Auth0 does: the code is exchanged, the profile read, the user made or brought up to date,
 * and the IdP's tokens kept in the identity, or in Token Vault where the connection keeps them there.
 */
export async function finishSocialLogin(
  context: LocalTenantContext,
  origin: string,
  { connection, idp }: ChosenIdp,
  code: string,
): Promise<SocialLogin> {
  const exchanged = await exchangeCode(context, origin, idp, code);
  if (!exchanged.ok) return failure(exchanged.reason, 'code');
  const read = await readProfile(context, idp, exchanged.value.access_token);
  if (!read.ok) return failure(read.reason, 'profile request');
  const { user, identity, isNew } = findOrCreateUser(context, connection, read.value);
  if (isVaulted(connection)) keepInVault(context, user.user_id, identity, exchanged.value, idp);
  else storeTokens(identity, exchanged.value);
  if (user.identities[0] === identity) Object.assign(user, profileFields(read.value));
  return { user, isNew };
}

function failure(reason: 'refused' | 'unavailable', what: string): AuthorizationError {
  return reason === 'refused'
    ? { error: 'access_denied', error_description: `The IdP refused the ${what}.` }
    : { error: 'server_error', error_description: `The IdP did not answer the ${what} as it should.` };
}

/** A login replaces the access token. A refresh token stays when the IdP gave no new one. */
function storeTokens(identity: Identity, answer: IdpTokens): void {
  identity.access_token = answer.access_token;
  if (answer.refresh_token !== undefined) identity.refresh_token = answer.refresh_token;
  if (answer.expires_in === undefined) delete identity.expires_in;
  else identity.expires_in = answer.expires_in;
}

/**
 * A user is known by provider and IdP user id, whatever the connection: `user_id` is made of those two. Somebody who comes
 * through another connection of the same provider gets a further identity, and stays one user.
 */
function findOrCreateUser(
  { database, clock }: LocalTenantContext,
  { name: connection, strategy: provider }: Connection,
  profile: IdpProfile,
): { readonly user: User; readonly identity: Identity; readonly isNew: boolean } {
  const isTheirs = (identity: Identity): boolean =>
    identity.provider === provider && identity.user_id === profile.id;
  const user = database.state.users.find((candidate) => candidate.identities.some(isTheirs));
  const known = user?.identities.find((identity) => isTheirs(identity) && identity.connection === connection);
  if (user !== undefined && known !== undefined) return { user, identity: known, isNew: false };

  const { name, email } = profile;
  const identity: Identity = { connection, provider, user_id: profile.id, isSocial: true };
  if (user !== undefined) {
    identity.profileData = { name, ...(email !== undefined && { email }) };
    user.identities.push(identity);
    return { user, identity, isNew: false };
  }
  const now = isoTime(clock.now());
  const created: User = {
    user_id: `${provider}|${profile.id}`,
    ...profileFields(profile),
    identities: [identity],
    created_at: now,
    updated_at: now,
    logins_count: 0,
    roles: [],
  };
  database.state.users.push(created);
  return { user: created, identity, isNew: true };
}

function profileFields(profile: IdpProfile): Omit<IdpProfile, 'id'> {
  const { id: _id, ...fields } = profile;
  return fields;
}
