import { z } from 'zod';

/** An API of the tenant, in Auth0's words a resource server. */
export const ApiFacts = z.object({
  identifier: z.string(),
  is_system: z.boolean().optional(),
  signing_alg: z.string().optional(),
  enforce_policies: z.boolean().optional(),
  token_dialect: z.string().optional(),
  /** Seconds. */
  token_lifetime: z.number().optional(),
  /** Seconds. */
  token_lifetime_for_web: z.number().optional(),
  allow_offline_access: z.boolean().optional(),
  scopes: z.array(z.object({ value: z.string() })).default([]),
});
export type ApiFacts = z.output<typeof ApiFacts>;

/** A role, by its name. */
export const RoleFacts = z.object({ id: z.string(), name: z.string() });

/** A permission that a role holds. */
export const RolePermissionFacts = z.object({
  permission_name: z.string(),
  resource_server_identifier: z.string(),
});

/** A role with the permissions that it holds of all APIs. */
export interface RoleWithPermissions extends z.output<typeof RoleFacts> {
  readonly permissions: readonly z.output<typeof RolePermissionFacts>[];
}
