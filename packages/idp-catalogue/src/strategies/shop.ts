import type { CatalogueEntry } from '../catalogue-entry.ts';

export const shop: CatalogueEntry = {
  name: 'shop',
  strategy: 'shop',
  displayName: 'Shop (Sign in with Shop)',
  kind: 'social',
  upstreamStatus: 'limited',
  relayable: 'unknown',
  issuesToken: 'unknown',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: [],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'unknown',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
  },
  docs: {
    api: 'https://shopify.dev/docs/api/shop',
    authorization: 'https://shopify.dev/docs/api/shop/guides/use-cases/external-login-page',
  },
  confidence: 'low',
};
