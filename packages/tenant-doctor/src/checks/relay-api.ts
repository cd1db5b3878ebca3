import { defineCheck, type Sighting } from '../check.ts';
import type { TenantExpectations } from '../expectations.ts';
import type { ApiFacts } from '../facts/api-facts.ts';
import type { TenantFacts } from '../facts/tenant-facts.ts';
import { listed, without } from '../named.ts';

const rbac = 'get-started/apis/enable-role-based-access-control-for-apis';

/** What the relay's API gives reason for. */
const ofRelayApi =
  (look: (api: ApiFacts, expected: TenantExpectations) => Omit<Sighting, 'subject'> | undefined) =>
  ({ apis }: Pick<TenantFacts, 'apis'>, expected: TenantExpectations): readonly Sighting[] => {
    const api = apis.find(({ identifier }) => identifier === expected.relayApi.audience);
    const seen = api && look(api, expected);
    return seen === undefined ? [] : [{ subject: expected.relayApi.audience, ...seen }];
  };

const permissionsOf = ({ scopes }: ApiFacts): readonly string[] => scopes.map(({ value }) => value);

/** The relay's own API, whose access tokens callers send. */
export const relayApiChecks = [
  defineCheck({
    code: 'relay_api_missing',
    severity: 'error',
    title: 'The relay’s API is not there, so nobody gets an access token for it.',
    needs: ['apis'],
    examine: ({ apis }, { relayApi: { audience }, deployCommand }) =>
      apis.some(({ identifier }) => identifier === audience)
        ? []
        : [
            {
              subject: audience,
              evidence: `identifiers there: ${listed(apis.map(({ identifier }) => identifier))}`,
              fix: `Run ${deployCommand}. An identifier cannot be changed: if RELAY_AUDIENCE is to be one that is there, name that in the environment.`,
            },
          ],
  }),
  defineCheck({
    code: 'relay_api_algorithm_wrong',
    severity: 'error',
    title: 'Access tokens for the relay are signed in a way that it does not accept.',
    needs: ['apis'],
    documentation: 'get-started/applications/signing-algorithms',
    examine: ofRelayApi(({ signing_alg: algorithm = 'RS256' }, { deployCommand }) =>
      algorithm === 'RS256'
        ? undefined
        : {
            evidence: `signing_alg: ${algorithm}`,
            fix: `Run ${deployCommand}: tenant.yaml has signing_alg: RS256.`,
          },
    ),
  }),
  defineCheck({
    code: 'relay_api_rbac_off',
    severity: 'error',
    title:
      'Role-based access control is off for the relay’s API, so tokens have permissions that nobody gave.',
    needs: ['apis'],
    documentation: rbac,
    examine: ofRelayApi(({ enforce_policies: enforced }, { deployCommand }) =>
      enforced === true
        ? undefined
        : {
            evidence: `enforce_policies: ${String(enforced ?? false)}`,
            fix: `Run ${deployCommand}: tenant.yaml has enforce_policies: true.`,
          },
    ),
  }),
  defineCheck({
    code: 'relay_api_permissions_not_in_token',
    severity: 'error',
    title: 'Access tokens for the relay do not say which permissions their user has.',
    needs: ['apis'],
    documentation: rbac,
    examine: ofRelayApi(({ token_dialect: dialect = 'access_token' }, { deployCommand }) =>
      dialect === 'access_token_authz'
        ? undefined
        : {
            evidence: `token_dialect: ${dialect}`,
            fix: `Run ${deployCommand}: tenant.yaml has token_dialect: access_token_authz.`,
          },
    ),
  }),
  defineCheck({
    code: 'relay_api_permissions_missing',
    severity: 'error',
    title: 'The relay’s API lacks permissions that its routes ask for.',
    needs: ['apis'],
    examine: ofRelayApi((api, { relayApi, deployCommand }) => {
      const lacking = without(relayApi.permissions, permissionsOf(api));
      return lacking.length === 0
        ? undefined
        : { evidence: `lacking: ${listed(lacking)}`, fix: `Run ${deployCommand}.` };
    }),
  }),
  defineCheck({
    code: 'relay_api_permissions_unknown',
    severity: 'warning',
    title: 'The relay’s API has permissions that the relay does not know: they let nobody do anything.',
    needs: ['apis'],
    examine: ofRelayApi((api, { relayApi, deployCommand }) => {
      const unknown = without(permissionsOf(api), relayApi.permissions);
      return unknown.length === 0
        ? undefined
        : { evidence: `not known: ${listed(unknown)}`, fix: `Run ${deployCommand}.` };
    }),
  }),
  defineCheck({
    code: 'relay_api_token_lifetime_long',
    severity: 'warning',
    title:
      'Access tokens for the relay live longer than meant: permissions that are taken away stay in them.',
    needs: ['apis'],
    documentation: 'secure/tokens/access-tokens/update-access-token-lifetime',
    examine: ofRelayApi((api, { relayApi: { tokenLifetimeSeconds: longest }, deployCommand }) => {
      const { token_lifetime: seconds = 0, token_lifetime_for_web: forWeb = 0 } = api;
      return Math.max(seconds, forWeb) <= longest
        ? undefined
        : {
            evidence: `token_lifetime: ${seconds} s, token_lifetime_for_web: ${forWeb} s`,
            fix: `Run ${deployCommand}: tenant.yaml has ${longest} s.`,
          };
    }),
  }),
  defineCheck({
    code: 'relay_api_offline_access_off',
    severity: 'note',
    title:
      'Apps get no refresh token of the tenant for the relay’s API, so users sign in whenever a token ends.',
    needs: ['apis'],
    documentation: 'secure/tokens/refresh-tokens/use-refresh-token-rotation',
    examine: ofRelayApi(({ allow_offline_access: allowed }, { deployCommand }) =>
      allowed === true
        ? undefined
        : {
            evidence: `allow_offline_access: ${String(allowed ?? false)}`,
            fix: `Run ${deployCommand}: tenant.yaml has allow_offline_access: true.`,
          },
    ),
  }),
];
