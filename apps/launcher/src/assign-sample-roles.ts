import { ManagementClient } from 'auth0';
import { samplePeople, sampleUserId, type LocalTenant } from '@idp-relay/local-tenant';
import type { Provisioned } from '@idp-relay/tenant';

/** Gives the sample people the roles that the deployment made, as an admin of a real tenant would do by hand. */
export async function assignSampleRoles(tenant: LocalTenant, provisioned: Provisioned): Promise<void> {
  const management = new ManagementClient({ domain: tenant.domain, ...tenant.bootstrap });
  for (const [name, id] of Object.entries(provisioned.roleIds)) {
    const members = samplePeople.filter((person) => person.roles.includes(name)).map(sampleUserId);
    if (members.length > 0) await management.roles.users.assign(id, { users: members });
  }
}
