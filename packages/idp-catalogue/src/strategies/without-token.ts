import type { CatalogueEntry } from '../catalogue-entry.ts';

/** A strategy whose identities never hold an IdP access token, so that there is nothing to relay. */
export function withoutToken({
  name,
  displayName,
  kind,
}: Pick<CatalogueEntry, 'name' | 'displayName' | 'kind'>): CatalogueEntry {
  return {
    name,
    strategy: name,
    displayName,
    kind,
    upstreamStatus: 'active',
    relayable: 'no',
    issuesToken: 'never',
    storedAtAuth0: { refreshToken: 'no', tokenVault: false, connectionOptions: [] },
    apiBaseUrls: [],
    tokenTransport: { in: 'none' },
    accessToken: { expires: 'unknown' },
    confidence: 'high',
  };
}
