import type { CatalogueEntry } from '../catalogue-entry.ts';

export const twitch: CatalogueEntry = {
  name: 'twitch',
  strategy: 'oauth2',
  connectionNames: ['twitch'],
  displayName: 'Twitch',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.twitch.tv'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 14400,
  },
  refresh: {
    possible: 'yes',
    rotates: 'sometimes',
    tokenEndpoint: 'https://id.twitch.tv/oauth2/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://id.twitch.tv/oauth2/validate',
    tokenTransport: {
      in: 'authorization',
      scheme: 'OAuth',
    },
    expectStatus: 200,
    badTokenStatus: [401],
    scopesFrom: {
      jsonPointer: '/scopes',
    },
    expiresFrom: {
      jsonPointer: '/expires_in',
      unit: 'secondsFromNow',
    },
    costsQuota: false,
  },
  revocation: {
    method: 'POST',
    url: 'https://id.twitch.tv/oauth2/revoke',
    credentials: 'none',
    body: {
      form: {
        client_id: '{client_id}',
        token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: ['Ratelimit-Limit', 'Ratelimit-Remaining', 'Ratelimit-Reset'],
    resetUnit: 'epochSeconds',
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'Client-Id',
      required: 'always',
    },
  ],
  docs: {
    api: 'https://dev.twitch.tv/docs/api/reference/',
    authorization: 'https://dev.twitch.tv/docs/authentication/',
  },
  confidence: 'high',
};
