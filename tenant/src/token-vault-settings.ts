import { z } from 'zod';

/** Auth0's limits. */
const most = { addresses: 10, connections: 5, scopes: 20 };

const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'must be an IP address or a CIDR range, such as 203.0.113.7 or 203.0.113.0/24',
});

const Grant = z.strictObject({
  /** Name of a connection that keeps its tokens in Token Vault. */
  connection: z.string().min(1),
  /** The most that a token for the worker may have. */
  scopes: z.array(z.string().min(1)).min(1),
});

/** What a privileged worker may ask Token Vault for, and from where. */
export const WorkerAccess = z.strictObject({
  /** Addresses and CIDR ranges that the relay's requests to Auth0 come from. */
  ip_allowlist: z.array(address).min(1).max(most.addresses),
  grants: z
    .array(Grant)
    .min(1)
    .max(most.connections)
    .refine((grants) => new Set(grants.map(({ connection }) => connection)).size === grants.length, {
      error: 'must name each connection once',
    })
    .refine((grants) => grants.flatMap(({ scopes }) => scopes).length <= most.scopes, {
      error: `must have ${most.scopes} scopes at most, all grants together`,
    }),
});
export type WorkerAccess = z.infer<typeof WorkerAccess>;

/**
 * How the relay of an environment uses Token Vault.
 * @see https://auth0.com/docs/secure/call-apis-on-users-behalf/token-vault
 */
export const TokenVaultSettings = z.strictObject({
  /** The privileged worker, for calls of backends. Left out: only users call through Token Vault. */
  worker: WorkerAccess.optional(),
});
