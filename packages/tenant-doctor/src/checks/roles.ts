import { defineCheck } from '../check.ts';
import { listed, named, without } from '../named.ts';

/** The roles that people get the relay's permissions by. */
export const roleChecks = [
  defineCheck({
    code: 'role_missing',
    severity: 'error',
    title: 'A role is not there, so nobody can be given its permissions.',
    needs: ['roles'],
    examine: ({ roles }, { roles: expected, deployCommand }) =>
      expected
        .filter(({ name }) => named(roles, name).length === 0)
        .map(({ name, permissions }) => ({
          subject: name,
          evidence: `no role has this name; it is to give ${listed(permissions)}`,
          fix: `Run ${deployCommand}.`,
        })),
  }),
  defineCheck({
    code: 'role_lacks_permission',
    severity: 'error',
    title: 'A role lacks a permission of the relay’s API that it is to give.',
    needs: ['roles'],
    examine: ({ roles }, { roles: expected, relayApi: { audience }, deployCommand }) =>
      expected.flatMap(({ name, permissions }) =>
        named(roles, name).flatMap((role) => {
          const held = role.permissions
            .filter(({ resource_server_identifier: api }) => api === audience)
            .map(({ permission_name: permission }) => permission);
          const lacking = without(permissions, held);
          return lacking.length === 0
            ? []
            : {
                subject: name,
                evidence: `held: ${listed(held)}; lacking: ${listed(lacking)}`,
                fix: `Run ${deployCommand}; or User Management → Roles → ${name} → Permissions: add ${listed(lacking)} of ${audience}.`,
              };
        }),
      ),
  }),
  defineCheck({
    code: 'operators_none',
    severity: 'warning',
    title: 'Nobody has a role that opens the dashboard.',
    needs: ['roles', 'rolesWithMembers'],
    documentation: 'manage-users/access-control/configure-core-rbac',
    examine: ({ roles, rolesWithMembers }, { roles: expected, operatorPermission }) => {
      const opening = expected
        .filter(
          ({ name, permissions }) =>
            permissions.includes(operatorPermission) && named(roles, name).length > 0,
        )
        .map(({ name }) => name);
      return opening.length === 0 || opening.some((name) => rolesWithMembers.has(name))
        ? []
        : [
            {
              subject: listed(opening),
              evidence: `no user has ${opening.join(' or ')}`,
              fix: `User Management → Roles → ${opening[0] ?? ''} → Users: add your support engineers.`,
            },
          ];
    },
  }),
];
