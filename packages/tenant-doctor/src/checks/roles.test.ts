import { audience, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { roleChecks } from './roles.ts';

const name = 'IdP Relay Operator';
const revoke = {
  permissions: [{ permission_name: 'revoke:identities', resource_server_identifier: audience }],
};
const rename =
  (to: string) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/roles/${ids.role}`, { name: to });
    return undefined;
  };

testFindings(roleChecks, [
  {
    code: 'role_missing',
    subject: name,
    evidence: 'inspect:identities, revoke:identities',
    fix: 'Run npm run tenant:deploy',
    break: rename('Somebody'),
    mend: rename(name),
  },
  {
    code: 'role_lacks_permission',
    subject: name,
    evidence: 'held: inspect:identities; lacking: revoke:identities',
    fix: `add revoke:identities of ${audience}`,
    break: async ({ api, ids }) => {
      await api('DELETE', `/roles/${ids.role}/permissions`, revoke);
      return undefined;
    },
    mend: async ({ api, ids }) => {
      await api('POST', `/roles/${ids.role}/permissions`, revoke);
      return undefined;
    },
  },
  {
    code: 'operators_none',
    subject: name,
    evidence: `no user has ${name}`,
    fix: 'add your support engineers',
    break: async ({ api, ids }) => {
      await api('DELETE', '/users/github%7C1001/roles', { roles: [ids.role] });
      return undefined;
    },
    mend: async ({ api, ids }) => {
      await api('POST', `/roles/${ids.role}/users`, { users: ['github|1001'] });
      return undefined;
    },
  },
]);
