import { audience, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { relayApiChecks } from './relay-api.ts';

const patch =
  (fields: Record<string, unknown>) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/resource-servers/${ids.api}`, fields);
    return undefined;
  };
const scopes = (...names: readonly string[]) => ({ scopes: names.map((value) => ({ value })) });
const all = ['call:idp', 'call:idp_for_users', 'inspect:identities', 'revoke:identities'];

testFindings(relayApiChecks, [
  {
    code: 'relay_api_missing',
    subject: 'https://elsewhere.test',
    evidence: `identifiers there: https://`,
    fix: 'RELAY_AUDIENCE',
    break: ({ expected }) => ({
      expected: { relayApi: { ...expected.relayApi, audience: 'https://elsewhere.test' } },
    }),
    mend: () => undefined,
  },
  {
    code: 'relay_api_algorithm_wrong',
    subject: audience,
    evidence: 'signing_alg: HS256',
    fix: 'signing_alg: RS256',
    break: patch({ signing_alg: 'HS256' }),
    mend: patch({ signing_alg: 'RS256' }),
  },
  {
    code: 'relay_api_algorithm_wrong',
    when: 'good for others, but not taken by the relay',
    subject: audience,
    evidence: 'signing_alg: PS256',
    fix: 'signing_alg: RS256',
    break: patch({ signing_alg: 'PS256' }),
    mend: patch({ signing_alg: 'RS256' }),
  },
  {
    code: 'relay_api_rbac_off',
    subject: audience,
    evidence: 'enforce_policies: false',
    fix: 'enforce_policies: true',
    break: patch({ enforce_policies: false }),
    mend: patch({ enforce_policies: true }),
  },
  {
    code: 'relay_api_permissions_not_in_token',
    subject: audience,
    evidence: 'token_dialect: rfc9068_profile_authz',
    fix: 'token_dialect: access_token_authz',
    break: patch({ token_dialect: 'rfc9068_profile_authz' }),
    mend: patch({ token_dialect: 'access_token_authz' }),
  },
  {
    code: 'relay_api_permissions_missing',
    subject: audience,
    evidence: 'lacking: call:idp_for_users',
    fix: 'Run npm run tenant:deploy',
    break: patch(scopes('call:idp', 'inspect:identities', 'revoke:identities')),
    mend: patch(scopes(...all)),
  },
  {
    code: 'relay_api_permissions_unknown',
    subject: audience,
    evidence: 'not known: call:everything',
    fix: 'Run npm run tenant:deploy',
    break: patch(scopes(...all, 'call:everything')),
    mend: patch(scopes(...all)),
  },
  {
    code: 'relay_api_token_lifetime_long',
    subject: audience,
    evidence: 'token_lifetime_for_web: 7200 s',
    fix: '3600 s',
    break: patch({ token_lifetime_for_web: 7200 }),
    mend: patch({ token_lifetime_for_web: 3600 }),
  },
  {
    code: 'relay_api_offline_access_off',
    subject: audience,
    evidence: 'allow_offline_access: false',
    fix: 'allow_offline_access: true',
    break: patch({ allow_offline_access: false }),
    mend: patch({ allow_offline_access: true }),
  },
]);
