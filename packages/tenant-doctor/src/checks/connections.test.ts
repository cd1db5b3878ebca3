import { file } from '../../test/change-connection.ts';
import type { HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { connectionChecks } from './connections.ts';

const rule = 'connections: [github,';
const create = async ({ api, ids, tenant }: HealthyTenant, name: string, strategy: string) => {
  await api('POST', '/connections', { name, strategy, options: { client_id: 'x' } });
  const id = tenant.database.state.connections.find((connection) => connection.name === name)?.id ?? '';
  ids.connections[name] = id;
  await enable({ api, ids }, name, true);
};
const remove =
  (name: string) =>
  async ({ api, ids }: HealthyTenant) =>
    api('DELETE', `/connections/${ids.connections[name] ?? ''}`);
const enable = async (
  { api, ids }: Pick<HealthyTenant, 'api' | 'ids'>,
  name: string,
  status: boolean,
): Promise<void> => {
  await api('PATCH', `/connections/${ids.connections[name] ?? ''}/clients`, [
    { client_id: ids.product, status },
  ]);
};

testFindings(connectionChecks, [
  {
    code: 'connection_missing',
    subject: 'gitlab',
    evidence: 'none of the tenant’s',
    fix: 'take gitlab out of rules and connections',
    break: file(rule, 'connections: [github, gitlab,'),
    mend: () => undefined,
  },
  {
    code: 'connection_missing',
    when: 'until somebody makes it',
    subject: 'gitlab',
    evidence: 'none of the tenant’s',
    fix: 'Make it in the tenant',
    break: file(rule, 'connections: [github, gitlab,'),
    mend: async (healthy) => {
      await create(healthy, 'gitlab', 'oauth2');
      return file(rule, 'connections: [github, gitlab,')(healthy);
    },
    restore: remove('gitlab'),
  },
  {
    code: 'connection_strategy_unknown',
    subject: 'old-yammer',
    evidence: 'strategy: yammer',
    fix: 'connections.old-yammer.catalogue',
    break: async (healthy) => {
      await create(healthy, 'old-yammer', 'yammer');
      return file(rule, 'connections: [github, old-yammer,')(healthy);
    },
    mend: file(
      'connections:\n  github:',
      "connections:\n  old-yammer: { catalogue: { extends: oauth2, apiBaseUrls: ['https://api.yammer.com'] } }\n  github:",
    ),
    restore: remove('old-yammer'),
  },
  {
    code: 'connection_gives_no_token',
    subject: 'acme-saml',
    evidence: 'strategy: samlp (SAML)',
    fix: 'Take acme-saml out of the rules',
    break: file(rule, 'connections: [github, acme-saml,'),
    mend: () => undefined,
  },
  {
    code: 'connection_without_base_url',
    subject: 'acme-crm',
    evidence: 'apiBaseUrls of Custom OAuth 2.0',
    fix: "connections.acme-crm.catalogue.apiBaseUrls: ['https://",
    break: file("acme-crm: { catalogue: { extends: oauth2, apiBaseUrls: ['https://crm.example.com'] } }", ''),
    mend: () => undefined,
  },
  {
    code: 'connection_idp_shut_down',
    subject: 'old-fitbit',
    evidence: 'strategy: fitbit (Fitbit)',
    fix: 'take it out of use',
    break: async (healthy) => {
      await create(healthy, 'old-fitbit', 'fitbit');
      return file(rule, 'connections: [github, old-fitbit,')(healthy);
    },
    mend: async (healthy) => {
      await remove('old-fitbit')(healthy);
      return undefined;
    },
  },
  {
    code: 'connection_without_client',
    subject: 'acme-entra',
    evidence: 'enabled clients: none',
    fix: 'Authentication → Enterprise → acme-entra → Applications',
    break: async (healthy) => {
      await enable(healthy, 'acme-entra', false);
      return undefined;
    },
    mend: async (healthy) => {
      await enable(healthy, 'acme-entra', true);
      return undefined;
    },
  },
]);
