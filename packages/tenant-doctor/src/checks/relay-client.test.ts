import { relayBody, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { relayClientChecks } from './relay-client.ts';

const patch =
  (fields: Record<string, unknown>) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/clients/${ids.relay}`, fields);
    return undefined;
  };
const name = relayBody.name;

testFindings(relayClientChecks, [
  {
    code: 'relay_client_missing',
    when: 'of another name',
    subject: name,
    evidence: '0 of',
    fix: 'Run npm run tenant:deploy -- --env test',
    break: patch({ name: 'Renamed' }),
    mend: patch({ name }),
  },
  {
    code: 'relay_client_missing',
    when: 'there twice',
    subject: name,
    evidence: '2 of',
    fix: 'rename or delete',
    break: async ({ api }) => {
      await api('POST', '/clients', { ...relayBody, description: 'the other one' });
      return undefined;
    },
    mend: async ({ api, ids, tenant }) => {
      const other = tenant.database.state.clients.find(
        (client) => client.name === name && client.client_id !== ids.relay,
      );
      await api('DELETE', `/clients/${other?.client_id ?? ''}`);
      return undefined;
    },
  },
  {
    code: 'relay_client_type_wrong',
    subject: name,
    evidence: 'app_type: regular_web',
    fix: 'app_type: non_interactive',
    break: patch({ app_type: 'regular_web' }),
    mend: patch({ app_type: 'non_interactive' }),
  },
  {
    code: 'relay_client_cannot_get_tokens',
    subject: name,
    evidence: 'grant_types: none',
    fix: '[client_credentials]',
    break: patch({ grant_types: [] }),
    mend: patch({ grant_types: ['client_credentials'] }),
  },
  {
    code: 'relay_client_grant_types_exceed',
    subject: name,
    evidence: 'password, implicit',
    fix: '[client_credentials]',
    break: patch({ grant_types: ['client_credentials', 'password', 'implicit'] }),
    mend: patch({ grant_types: ['client_credentials'] }),
  },
  {
    code: 'relay_client_authentication_unsuitable',
    subject: name,
    evidence: 'token_endpoint_auth_method: none',
    fix: 'client_secret_post',
    break: patch({ token_endpoint_auth_method: 'none', client_authentication_methods: null }),
    mend: patch({ token_endpoint_auth_method: 'client_secret_post' }),
    restore: patch(relayBody),
  },
  {
    code: 'relay_client_uses_secret',
    subject: name,
    evidence: 'token_endpoint_auth_method: client_secret_post',
    fix: 'AUTH0_PRIVATE_KEY_FILE',
    break: patch({ token_endpoint_auth_method: 'client_secret_post', client_authentication_methods: null }),
    mend: patch(relayBody),
  },
]);
