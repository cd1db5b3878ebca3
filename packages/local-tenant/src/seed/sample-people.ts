import type { SampleIdpStrategy } from '../sample-idps/sample-idp-state.ts';
import { databaseConnection } from './sample-connections.ts';

/** What a sample identity's token is like. */
export interface SampleTokenPlan {
  /** Account at a sample IdP that issues the token. */
  readonly account: { readonly strategy: SampleIdpStrategy; readonly id: string };
  readonly scope: readonly string[];
  readonly offlineAccess?: boolean;
  /** The IdP revokes it after it was stored. */
  readonly revoked?: boolean;
  /** The tenant stores no `expires_in`, even where the IdP names a lifetime. */
  readonly withoutExpiresIn?: boolean;
  /** The tenant does not keep it at all. */
  readonly notStored?: boolean;
  /** The tenant keeps it in Token Vault, not in the identity. */
  readonly inTokenVault?: boolean;
}

/** One identity of a sample user. */
export interface SampleIdentityPlan {
  readonly connection: string;
  readonly provider: string;
  readonly id: string;
  readonly token?: SampleTokenPlan;
}

/** A user that the local tenant always has. */
export interface SamplePerson {
  /** First part of the e-mail address, and the password's first part at every sample login page. */
  readonly handle: string;
  readonly name: string;
  /** The verdict that the first identity shows, for people who read the list. */
  readonly shows: string;
  /** Minutes between the last login and the start of the tenant. */
  readonly lastLoginMinutesAgo: number;
  readonly blocked?: boolean;
  /** Signs in again, so long ago, whenever the token of that login is about to end. */
  readonly returns?: boolean;
  /** The first one is the primary identity. */
  readonly identities: readonly [SampleIdentityPlan, ...SampleIdentityPlan[]];
  /** Roles that `npm start` assigns after it has provisioned them. */
  readonly roles: readonly string[];
}

const github = (id: string, token?: Omit<SampleTokenPlan, 'account'>): SampleIdentityPlan => ({
  connection: 'github',
  provider: 'github',
  id,
  ...(token && { token: { ...token, account: { strategy: 'github', id } } }),
});
const google = (
  id: string,
  token?: Omit<SampleTokenPlan, 'account'>,
  connection = 'google-oauth2',
): SampleIdentityPlan => ({
  connection,
  provider: 'google-oauth2',
  id,
  ...(token && { token: { ...token, account: { strategy: 'google-oauth2', id } } }),
});

const userRole = 'IdP Relay User';
const githubScopes = ['user:email', 'repo'];
const googleScopes = ['openid', 'email', 'profile', 'https://www.googleapis.com/auth/calendar.readonly'];

/** People whose identities together show every verdict; ids look as each IdP writes them. */
export const samplePeople: readonly SamplePerson[] = [
  {
    handle: 'ada',
    name: 'Ada Lovelace',
    shows: 'usable, with a linked Google identity that is usable too',
    lastLoginMinutesAgo: 10,
    identities: [
      github('1001', { scope: githubScopes }),
      google('104861027348914657012', { scope: googleScopes, offlineAccess: true }),
    ],
    roles: [userRole],
  },
  {
    handle: 'grace',
    name: 'Grace Hopper',
    shows: 'renewable: the Google token has ended, a refresh token is stored',
    lastLoginMinutesAgo: 180,
    identities: [google('108204268033311374519', { scope: googleScopes, offlineAccess: true })],
    roles: [userRole],
  },
  {
    handle: 'alan',
    name: 'Alan Turing',
    shows: 'expired: the Google token has ended, and offline access was never asked for',
    lastLoginMinutesAgo: 240,
    identities: [google('117351892654910220364', { scope: googleScopes })],
    roles: [userRole],
  },
  {
    handle: 'margaret',
    name: 'Margaret Hamilton',
    shows: 'expiring: the Google token ends within minutes, whenever one looks',
    // Of the 3,599 seconds of a Google token 299 are left: the most that is within the relay's margin of five minutes.
    lastLoginMinutesAgo: 55,
    returns: true,
    identities: [google('110058291473650182735', { scope: googleScopes })],
    roles: [userRole],
  },
  {
    handle: 'linus',
    name: 'Linus Torvalds',
    shows: 'revoked: GitHub refuses the stored token, which the first call or check finds out',
    lastLoginMinutesAgo: 1_440,
    identities: [github('1024025', { scope: githubScopes, revoked: true })],
    roles: [userRole],
  },
  {
    handle: 'barbara',
    name: 'Barbara Liskov',
    shows: 'insufficient_scope: the GitHub token lacks "repo", which a check finds out',
    lastLoginMinutesAgo: 300,
    identities: [github('5550123', { scope: ['user:email'] })],
    roles: [userRole],
  },
  {
    handle: 'edsger',
    name: 'Edsger Dijkstra',
    shows: 'missing: the tenant stored no Microsoft token',
    lastLoginMinutesAgo: 30,
    identities: [
      {
        connection: 'windowslive',
        provider: 'windowslive',
        id: '31a5e9f1c02b4d77',
        token: {
          account: { strategy: 'windowslive', id: '31a5e9f1c02b4d77' },
          scope: ['openid', 'User.Read'],
          notStored: true,
        },
      },
    ],
    roles: [userRole],
  },
  {
    handle: 'radia',
    name: 'Radia Perlman',
    shows: 'in_token_vault: this connection keeps its tokens in Token Vault',
    lastLoginMinutesAgo: 45,
    identities: [
      google(
        '101928374655647382910',
        { scope: googleScopes, offlineAccess: true, inTokenVault: true },
        'google-vault',
      ),
    ],
    roles: [userRole],
  },
  {
    handle: 'donald',
    name: 'Donald Knuth',
    shows: 'not_applicable: a database user, with a linked SAML identity',
    lastLoginMinutesAgo: 600,
    identities: [
      { connection: databaseConnection, provider: 'auth0', id: '64f0c0ffee5eed0000000a01' },
      { connection: 'acme-saml', provider: 'samlp', id: 'acme-saml|donald@acme.example' },
    ],
    roles: [userRole],
  },
  {
    handle: 'katherine',
    name: 'Katherine Johnson',
    shows: 'unknown: a custom OAuth 2.0 connection that does not say when its tokens end',
    lastLoginMinutesAgo: 75,
    identities: [
      {
        connection: 'acme-crm',
        provider: 'oauth2',
        id: 'acme-crm|katherine',
        token: {
          account: { strategy: 'github', id: '7700451' },
          scope: githubScopes,
          withoutExpiresIn: true,
        },
      },
    ],
    roles: [userRole],
  },
  {
    handle: 'dennis',
    name: 'Dennis Ritchie',
    shows: 'two GitHub identities, one of them linked: calls must choose one',
    lastLoginMinutesAgo: 15,
    identities: [github('19690720', { scope: githubScopes }), github('19710311', { scope: githubScopes })],
    roles: [userRole],
  },
  {
    handle: 'frances',
    name: 'Frances Allen',
    shows: 'usable: Facebook, with linked Bitbucket and Microsoft identities',
    lastLoginMinutesAgo: 90,
    identities: [
      {
        connection: 'facebook',
        provider: 'facebook',
        id: '10158234567890123',
        token: {
          account: { strategy: 'facebook', id: '10158234567890123' },
          scope: ['public_profile', 'email'],
        },
      },
      {
        connection: 'bitbucket',
        provider: 'bitbucket',
        id: '{a54f16da-24e9-4d7f-a3a7-b1ba2cd98aa3}',
        token: {
          account: { strategy: 'bitbucket', id: '{a54f16da-24e9-4d7f-a3a7-b1ba2cd98aa3}' },
          scope: ['account', 'repository'],
          offlineAccess: true,
        },
      },
      {
        connection: 'windowslive',
        provider: 'windowslive',
        id: '8c1de5f0aa93b642',
        token: {
          account: { strategy: 'windowslive', id: '8c1de5f0aa93b642' },
          scope: ['openid', 'User.Read', 'offline_access'],
          offlineAccess: true,
        },
      },
    ],
    roles: [userRole],
  },
  {
    handle: 'mallory',
    name: 'Mallory Blocked',
    shows: 'a blocked user: nothing is called for them',
    lastLoginMinutesAgo: 20,
    blocked: true,
    identities: [github('6660001', { scope: githubScopes })],
    roles: [userRole],
  },
  {
    handle: 'nobody',
    name: 'Nemo Nobody',
    shows: 'a user without any role, hence without call:idp',
    lastLoginMinutesAgo: 5,
    identities: [github('4040404', { scope: githubScopes })],
    roles: [],
  },
  {
    handle: 'operator',
    name: 'Olive Operator',
    shows: 'may inspect identities (role IdP Relay Operator)',
    lastLoginMinutesAgo: 60,
    identities: [
      { connection: databaseConnection, provider: 'auth0', id: '64f0c0ffee5eed0000000b01' },
      google('113870001122334455667', { scope: googleScopes, offlineAccess: true }),
    ],
    roles: ['IdP Relay Operator'],
  },
  {
    handle: 'auditor',
    name: 'Otto Auditor',
    shows: 'may inspect identities (role IdP Relay Auditor)',
    lastLoginMinutesAgo: 60,
    identities: [{ connection: databaseConnection, provider: 'auth0', id: '64f0c0ffee5eed0000000c01' }],
    roles: ['IdP Relay Auditor'],
  },
];

/** The e-mail address of a sample person. */
export function sampleEmail(person: Pick<SamplePerson, 'handle'>): string {
  return `${person.handle}@idp-relay.example`;
}

/** The password of a sample person, at the tenant and at every sample IdP. Of no use anywhere else. */
export function samplePassword(person: Pick<SamplePerson, 'handle'>): string {
  return `${person.handle}-sample-password`;
}

/** The `user_id` of a sample person, as Auth0 writes it. */
export function sampleUserId(person: Pick<SamplePerson, 'identities'>): string {
  const [primary] = person.identities;
  return `${primary.provider}|${primary.id}`;
}
