import type { CatalogueEntry } from '../catalogue-entry.ts';

export const discord: CatalogueEntry = {
  name: 'discord',
  strategy: 'oauth2',
  connectionNames: ['discord'],
  displayName: 'Discord',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://discord.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 604800,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    tokenEndpoint: 'https://discord.com/api/oauth2/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://discord.com/api/v10/oauth2/@me',
    expectStatus: 200,
    badTokenStatus: [401],
    scopesFrom: {
      jsonPointer: '/scopes',
    },
    expiresFrom: {
      jsonPointer: '/expires',
      unit: 'dateTime',
    },
  },
  revocation: {
    method: 'POST',
    url: 'https://discord.com/api/oauth2/token/revoke',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{access_token}',
        token_type_hint: 'access_token',
      },
    },
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: [
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'X-RateLimit-Reset-After',
      'X-RateLimit-Bucket',
      'X-RateLimit-Global',
      'X-RateLimit-Scope',
      'Retry-After',
    ],
    resetUnit: 'epochSeconds',
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'User-Agent',
      required: 'always',
    },
  ],
  docs: {
    api: 'https://discord.com/developers/docs/reference',
    authorization: 'https://discord.com/developers/docs/topics/oauth2',
  },
  confidence: 'medium',
};
