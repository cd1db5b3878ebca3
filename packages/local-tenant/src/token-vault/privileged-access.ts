import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { AuthenticationError } from '../authentication/authentication-error.ts';
import type { Client } from '../state/tenant-state.ts';

const mostConnections = 5;
const mostScopes = 20;

/**
 * What a client may do as a privileged worker, as its registration says.
 * @see https://auth0.com/docs/secure/call-apis-on-users-behalf/token-vault/privileged-worker-token-exchange-with-token-vault
 */
export const PrivilegedAccess = z.object({
  /** Of the client's credentials, those whose keys sign requests to the vault. */
  credentials: z.array(z.looseObject({ id: z.string() })).default([]),
  /** Addresses and CIDR ranges. */
  ip_allowlist: z.array(z.string().refine(isAddressOrRange)).max(10).default([]),
  grants: z
    .array(z.object({ connection: z.string(), scopes: z.array(z.string()) }))
    .max(mostConnections)
    .refine((grants) => grants.flatMap(({ scopes }) => scopes).length <= mostScopes)
    .default([]),
});
export type PrivilegedAccess = z.infer<typeof PrivilegedAccess>;

const Registered = z.object({ token_vault_privileged_access: PrivilegedAccess });

/**
 * The privileged access of a client, for requests from one address to one connection.
 * @returns the access, and the scopes that the client may have of that connection's tokens
 * @throws AuthenticationError
 */
export function requirePrivilege(
  client: Client,
  ip: string,
  connection: string,
): { readonly access: PrivilegedAccess; readonly scopes: readonly string[] } {
  const access = Registered.safeParse(client).data?.token_vault_privileged_access;
  if (access === undefined) throw denied('The client has no privileged access to Token Vault.');
  if (!access.ip_allowlist.some((allowed) => isWithin(ip, allowed)))
    throw denied('The address of the request is not in the IP allowlist of the client.');
  const grant = access.grants.find((candidate) => candidate.connection === connection);
  if (grant === undefined) throw denied(`The client has no privileged grant for ${connection}.`);
  return { access, scopes: grant.scopes };
}

function denied(reason: string): AuthenticationError {
  return new AuthenticationError(403, 'access_denied', reason);
}

function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return longest > 0 && rest.length === 0 && (prefix === undefined || isUpTo(prefix, longest));
}

function isUpTo(digits: string, limit: number): boolean {
  return /^\d{1,3}$/.test(digits) && Number(digits) <= limit;
}

function isWithin(ip: string, allowed: string): boolean {
  const [address = '', prefix] = allowed.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
  return list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}
