import type { CatalogueEntry } from '../catalogue-entry.ts';

export const shopify: CatalogueEntry = {
  name: 'shopify',
  strategy: 'shopify',
  displayName: 'Shopify (store admin)',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: [],
  apiBaseUrlTemplate: 'https://{shop}.myshopify.com',
  tokenTransport: {
    in: 'header',
    name: 'X-Shopify-Access-Token',
  },
  accessToken: {
    expires: 'sometimes',
  },
  refresh: {
    possible: 'conditional',
    condition: 'expiring=1 when the code is exchanged',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 7776000,
    tokenEndpoint: 'https://{shop}.myshopify.com/admin/oauth/access_token',
    clientAuthentication: 'post',
    format: 'form',
    extraParameters: {
      client_id: '{client_id}',
      client_secret: '{client_secret}',
    },
  },
  probe: {
    method: 'GET',
    path: '/admin/oauth/access_scopes.json',
    expectStatus: 200,
    badTokenStatus: [401],
    scopesFrom: {
      jsonPointer: '/access_scopes/*/handle',
    },
  },
  expiredSignal: [{ status: [401] }],
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: ['X-Shopify-Shop-Api-Call-Limit', 'Retry-After'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://shopify.dev/docs/api/admin',
    authorization:
      'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens',
  },
  confidence: 'high',
};
