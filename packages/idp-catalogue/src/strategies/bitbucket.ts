import type { CatalogueEntry } from '../catalogue-entry.ts';

export const bitbucket: CatalogueEntry = {
  name: 'bitbucket',
  strategy: 'bitbucket',
  displayName: 'Bitbucket Cloud',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: ['profile', 'scope', 'freeform_scopes'],
  },
  apiBaseUrls: ['https://api.bitbucket.org'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 7200,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 7776000,
    tokenEndpoint: 'https://bitbucket.org/site/oauth2/access_token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.bitbucket.org/2.0/user',
    expectStatus: 200,
    badTokenStatus: [401],
    scopesFrom: {
      header: 'X-OAuth-Scopes',
      separator: ', ',
    },
    needsScope: 'account',
    costsQuota: true,
  },
  expiredSignal: [{ status: [401] }],
  missingScopeSignal: [{ status: [403], jsonPointer: '/error/detail/required' }],
  rateLimit: {
    headers: ['X-RateLimit-Limit', 'X-RateLimit-Resource', 'X-RateLimit-NearLimit'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.atlassian.com/cloud/bitbucket/rest/intro/',
    authorization: 'https://developer.atlassian.com/cloud/bitbucket/oauth-2/',
  },
  notes: ['Each refresh token works once.'],
  confidence: 'high',
};
