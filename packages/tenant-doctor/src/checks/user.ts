import { defineCheck } from '../check.ts';
import type { JudgedIdentity } from '../facts/judged-user.ts';

const subjectOf = ({ connection, idpUserId }: JudgedIdentity): string => `${connection} (${idpUserId})`;
const sightingOf = (identity: JudgedIdentity) => ({
  subject: subjectOf(identity),
  evidence: identity.verdict.detail,
  fix: identity.verdict.advice || 'Nothing needs doing.',
});
const withState =
  (...states: readonly string[]) =>
  ({ identities }: { readonly identities: readonly JudgedIdentity[] }) =>
    identities.filter(({ verdict }) => states.includes(verdict.state)).map(sightingOf);

/** One user and what Auth0 holds for each of their identities, by the relay's own verdicts. */
export const userChecks = [
  defineCheck({
    code: 'user_not_found',
    severity: 'error',
    title: 'The tenant has no such user.',
    needs: ['user'],
    examine: ({ user }) =>
      user !== undefined
        ? []
        : [
            {
              subject: 'user',
              evidence: 'GET /api/v2/users/{id} answers 404',
              fix: 'Check the user_id: it looks like github|1234 or auth0|5f7c…; User Management → Users shows it.',
            },
          ],
  }),
  defineCheck({
    code: 'user_blocked',
    severity: 'warning',
    title: 'The user is blocked, so no call is made for them.',
    needs: ['user'],
    examine: ({ user }) =>
      user?.blocked !== true
        ? []
        : [
            {
              subject: user.userId,
              evidence: 'blocked: true',
              fix: `User Management → Users → ${user.userId} → Unblock.`,
            },
          ],
  }),
  defineCheck({
    code: 'user_token_missing',
    severity: 'warning',
    title: 'Auth0 holds no IdP token for an identity that should have one.',
    needs: ['user', 'identities'],
    documentation: 'authenticate/identity-providers/calling-an-external-idp-api',
    examine: withState('missing'),
  }),
  defineCheck({
    code: 'user_token_ended',
    severity: 'warning',
    title: 'The IdP token that Auth0 holds for an identity has ended, and the relay cannot renew it.',
    needs: ['user', 'identities'],
    examine: ({ identities }) =>
      identities
        .filter(
          ({ verdict: { state, callable } }) => (state === 'expired' || state === 'renewable') && !callable,
        )
        .map(sightingOf),
  }),
  defineCheck({
    code: 'user_token_not_relayable',
    severity: 'warning',
    title: 'Auth0 holds an IdP token for an identity, and it is not known where it could be sent.',
    needs: ['user', 'identities'],
    examine: ({ identities }) =>
      identities
        .filter(({ verdict: { reason } }) => reason === 'not_relayable' || reason === 'strategy_unknown')
        .map(sightingOf),
  }),
  defineCheck({
    code: 'user_refresh_token_missing',
    severity: 'note',
    title:
      'An identity’s IdP token ends, and no refresh token is stored: then the user has to sign in again.',
    needs: ['user', 'identities'],
    examine: ({ identities }) =>
      identities
        .filter(
          ({ entry, hasAccessToken, hasRefreshToken, verdict: { callable } }) =>
            callable &&
            hasAccessToken &&
            !hasRefreshToken &&
            entry?.accessToken.expires === 'always' &&
            (entry.refresh?.possible === 'yes' || entry.refresh?.possible === 'conditional'),
        )
        .map((identity) => ({
          subject: subjectOf(identity),
          evidence: `access token: stored; refresh token: none${identity.verdict.evidence.expiresAtLatest === undefined ? '' : `; ends ${identity.verdict.evidence.expiresAtLatest} at the latest`}`,
          fix: `Let the user sign in again with offline access: ${identity.entry?.refresh?.condition ?? 'as the IdP wants it asked for'}.`,
        })),
  }),
];
