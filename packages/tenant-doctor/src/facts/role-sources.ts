import { z } from 'zod';
import type { Question } from '../question.ts';
import { RoleFacts, RolePermissionFacts, type RoleWithPermissions } from './api-facts.ts';
import type { TenantReader } from './tenant-reader.ts';

/** The expected roles, as far as they are there, with their permissions: a request each. */
export async function readRoles(
  tenant: TenantReader,
  question: Question,
): Promise<readonly RoleWithPermissions[]> {
  const roles: RoleWithPermissions[] = [];
  for (const role of await readExpected(tenant, question)) {
    const permissions = await tenant.list({
      path: `/roles/${encodeURIComponent(role.id)}/permissions`,
      name: 'permissions',
      item: RolePermissionFacts,
      paging: 'pages',
      scopes: ['read:roles'],
    });
    roles.push({ ...role, permissions });
  }
  return roles;
}

/** Names of the expected roles that somebody has: a request each. Who they are is not kept. */
export async function readRoleMembers(
  tenant: TenantReader,
  question: Question,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { id, name } of await readExpected(tenant, question)) {
    const members = await tenant.list({
      path: `/roles/${encodeURIComponent(id)}/users`,
      name: 'users',
      item: z.object({ user_id: z.string() }),
      paging: 'first',
      scopes: ['read:role_members', 'read:users'],
    });
    if (members.length > 0) names.add(name);
  }
  return names;
}

async function readExpected(
  tenant: TenantReader,
  { expected }: Question,
): Promise<readonly z.output<typeof RoleFacts>[]> {
  const roles = await tenant.list({
    path: '/roles',
    name: 'roles',
    item: RoleFacts,
    paging: 'pages',
    scopes: ['read:roles'],
  });
  return roles.filter(({ name }) => expected.roles.some((role) => role.name === name));
}
