import { createHash } from 'node:crypto';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { canary } from '../sample-idps/canary.ts';
import { issueSampleToken, revokeSampleToken } from '../sample-idps/sample-idp-store.ts';
import type { SampleAccount } from '../sample-idps/sample-idp-state.ts';
import type { Identity, User } from '../state/tenant-state.ts';
import { putInVault } from '../token-vault/vault.ts';
import { sampleConnections } from './sample-connections.ts';
import {
  sampleEmail,
  samplePassword,
  samplePeople,
  sampleUserId,
  type SampleIdentityPlan,
  type SamplePerson,
  type SampleTokenPlan,
} from './sample-people.ts';

/**
 * Puts the sample connections, accounts, users and tokens in place, as if everybody had signed in just before now.
 * Runs at every start: samples go back to what they were, roles stay as they were assigned, and what people made
 * themselves is left alone.
 */
export function seedTenant(context: LocalTenantContext): void {
  const { state } = context.database;
  for (const connection of sampleConnections())
    upsert(state.connections, connection, (other) => other.id === connection.id);
  for (const account of sampleAccounts()) {
    upsert(
      state.sampleIdps.accounts,
      account,
      (other) => other.strategy === account.strategy && other.id === account.id,
    );
  }
  for (const person of samplePeople) {
    const earlier = state.users.find((user) => user.user_id === sampleUserId(person));
    upsert(
      state.users,
      sampleUser(context, person, earlier?.roles ?? []),
      (other) => other.user_id === sampleUserId(person),
    );
  }
  context.database.save();
}

function sampleAccounts(): SampleAccount[] {
  return samplePeople.flatMap((person) =>
    person.identities.flatMap(({ token }, index) =>
      token === undefined
        ? []
        : [
            {
              ...token.account,
              // A second account of one person at one IdP needs a name of its own to sign in with.
              login: index === 0 ? person.handle : `${person.handle}-${String(index + 1)}`,
              password: samplePassword(person),
              name: person.name,
              email: sampleEmail(person),
            },
          ],
    ),
  );
}

function sampleUser(context: LocalTenantContext, person: SamplePerson, roles: string[]): User {
  const lastLogin = context.clock.now() - person.lastLoginMinutesAgo * 60_000;
  const [primary] = person.identities;
  return {
    user_id: sampleUserId(person),
    email: sampleEmail(person),
    email_verified: true,
    name: person.name,
    nickname: person.handle,
    identities: person.identities.map((identity) => storedIdentity(context, person, identity, lastLogin)),
    created_at: '2026-01-05T09:00:00.000Z',
    updated_at: isoTime(lastLogin),
    last_login: isoTime(lastLogin),
    last_ip: '127.0.0.1',
    logins_count: 7,
    roles,
    ...(person.blocked === true && { blocked: true }),
    ...(primary.provider === 'auth0' && { password: samplePassword(person) }),
  };
}

function storedIdentity(
  context: LocalTenantContext,
  person: SamplePerson,
  plan: SampleIdentityPlan,
  lastLogin: number,
): Identity {
  const identity: Identity = {
    connection: plan.connection,
    provider: plan.provider,
    user_id: plan.id,
    isSocial: plan.provider !== 'auth0' && plan.provider !== 'samlp',
    profileData: { name: person.name, email: sampleEmail(person) },
  };
  if (plan.token === undefined) return identity;
  const token = sampleToken(context, plan, plan.token, lastLogin);
  if (plan.token.notStored === true) return identity;
  if (plan.token.inTokenVault === true) {
    putInVault(context.database.state, {
      user_id: sampleUserId(person),
      connection: plan.connection,
      idp_user_id: plan.id,
      access_token: token.accessToken,
      ...(token.refreshToken !== undefined && { refresh_token: token.refreshToken }),
      ...(token.expiresAt !== undefined && { expires_at: token.expiresAt }),
      scope: token.scope,
    });
    return identity;
  }
  return {
    ...identity,
    access_token: token.accessToken,
    ...(token.refreshToken !== undefined && { refresh_token: token.refreshToken }),
    ...(token.expiresAt !== undefined &&
      plan.token.withoutExpiresIn !== true && {
        expires_in: Math.round((token.expiresAt - token.issuedAt) / 1000),
      }),
  };
}

/** The same tokens at every start, so that what was written down of a sample stays true. */
function sampleToken(
  context: LocalTenantContext,
  identity: SampleIdentityPlan,
  plan: SampleTokenPlan,
  issuedAt: number,
) {
  const { account, scope, offlineAccess = false } = plan;
  const seed = `${identity.connection}|${account.strategy}|${account.id}`;
  const accessToken = `${tokenPrefix[account.strategy]}${canary}${digest(`access ${seed}`)}`;
  const { tokens } = context.database.state.sampleIdps;
  const kept = tokens.filter((token) => token.accessToken !== accessToken);
  tokens.splice(0, tokens.length, ...kept);
  const token = issueSampleToken(context, {
    strategy: account.strategy,
    accountId: account.id,
    scope: [...scope],
    offlineAccess,
    accessToken,
    ...(offlineAccess && { refreshToken: `rt.${canary}${digest(`refresh ${seed}`)}` }),
    issuedAt,
  });
  if (plan.revoked === true) revokeSampleToken(context, accessToken);
  return token;
}

/** What each IdP's access tokens begin with. */
const tokenPrefix = {
  github: 'gho_',
  'google-oauth2': 'ya29.a0',
  facebook: 'EAAC',
  windowslive: 'EwB4',
  bitbucket: 'bb_',
  exact: 'stampNL001.',
} as const;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

function upsert<Item>(list: Item[], item: Item, isSame: (other: Item) => boolean): void {
  const index = list.findIndex(isSame);
  if (index === -1) list.push(item);
  else list[index] = item;
}
