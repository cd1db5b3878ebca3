import { relayBody, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { managementGrantChecks } from './management-grant.ts';

const needed = ['read:users', 'read:user_idp_tokens'];
const grant =
  (scope: readonly string[]) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/client-grants/${ids.relayGrant}`, { scope });
    return undefined;
  };
/** The tenant refuses to change its own API by request, as its page in the dashboard does not. */
const lifetime =
  (seconds: number) =>
  ({ tenant }: HealthyTenant) => {
    for (const server of tenant.database.state.resourceServers)
      if (server.is_system === true) server.token_lifetime = seconds;
    return undefined;
  };

testFindings(managementGrantChecks, [
  {
    code: 'relay_grant_missing',
    subject: relayBody.name,
    evidence: 'client grants',
    fix: 'authorize it with read:users, read:user_idp_tokens',
    break: async ({ api, ids }) => {
      await api('DELETE', `/client-grants/${ids.relayGrant}`);
      return undefined;
    },
    mend: async ({ api, ids, tenant }) => {
      await api('POST', '/client-grants', {
        client_id: ids.relay,
        audience: `https://${tenant.domain}/api/v2/`,
        scope: needed,
      });
      const grants = tenant.database.state.clientGrants;
      ids.relayGrant = grants.find(({ client_id: id }) => id === ids.relay)?.id ?? '';
      return undefined;
    },
  },
  {
    code: 'relay_grant_lacks_scope',
    subject: relayBody.name,
    evidence: 'granted: read:users; lacking: read:user_idp_tokens',
    fix: 'add read:user_idp_tokens',
    break: grant(['read:users']),
    mend: grant(needed),
  },
  {
    code: 'relay_grant_exceeds',
    subject: relayBody.name,
    evidence: 'not needed: delete:users',
    fix: 'take delete:users away',
    break: grant([...needed, 'delete:users']),
    mend: grant(needed),
  },
  {
    code: 'management_token_lifetime_long',
    evidence: 'token_lifetime: 2592000 s',
    fix: '86400 seconds or less',
    break: lifetime(2_592_000),
    mend: lifetime(86_400),
  },
]);
