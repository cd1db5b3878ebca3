import type { IdentityName } from './identity-names.ts';

/** Access token claim: names of the user's connections, sorted, each once. */
export const connectionsClaim = 'https://idp-relay/connections';
/** Access token claim, where that list is cut: how many names it lacks. */
export const cutClaim = 'https://idp-relay/connections_cut';

/**
 * Bytes of the list as JSON. Access tokens travel in headers, of which many servers take 8 kB; Auth0 itself would take
 * 100 kB of claims.
 */
export const longestList = 1024;

/** What the access token says of a user's connections. */
export interface ConnectionsClaim {
  readonly names: readonly string[];
  /** How many names there was no room for. */
  readonly cut: number;
}

/** Lists the connections of identities. Of a list that is too long the last names are dropped, whole. */
export function listConnections(identities: readonly IdentityName[]): ConnectionsClaim {
  const all = [...new Set(identities.map(({ connection }) => connection))].sort();
  let fitting = all.length;
  while (Buffer.byteLength(JSON.stringify(all.slice(0, fitting))) > longestList) fitting -= 1;
  return { names: all.slice(0, fitting), cut: all.length - fitting };
}
