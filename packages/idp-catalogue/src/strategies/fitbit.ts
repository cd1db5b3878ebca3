import type { CatalogueEntry } from '../catalogue-entry.ts';

export const fitbit: CatalogueEntry = {
  name: 'fitbit',
  strategy: 'fitbit',
  displayName: 'Fitbit',
  kind: 'social',
  upstreamStatus: 'shutdown',
  relayable: 'no',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.fitbit.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 28800,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    tokenEndpoint: 'https://api.fitbit.com/oauth2/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'POST',
    url: 'https://api.fitbit.com/1.1/oauth2/introspect',
    tokenTransport: {
      in: 'form',
      parameter: 'token',
    },
    expectStatus: 200,
    badTokenStatus: [401],
    okWhen: {
      jsonPointer: '/active',
      equals: true,
    },
    scopesFrom: {
      jsonPointer: '/scope',
      separator: ', ',
    },
    expiresFrom: {
      jsonPointer: '/exp',
      unit: 'epochMilliseconds',
    },
  },
  revocation: {
    method: 'POST',
    url: 'https://api.fitbit.com/oauth2/revoke',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{access_token}',
      },
    },
  },
  expiredSignal: [
    { status: [401], jsonPointer: '/errors/*/errorType', in: ['expired_token', 'invalid_token'] },
  ],
  rateLimit: {
    headers: [
      'fitbit-rate-limit-limit',
      'fitbit-rate-limit-remaining',
      'fitbit-rate-limit-reset',
      'Retry-After',
    ],
    resetUnit: 'secondsFromNow',
    limitStatus: [429],
  },
  docs: {
    api: 'https://dev.fitbit.com/build/reference/web-api/',
    authorization: 'https://dev.fitbit.com/build/reference/web-api/authorization/',
  },
  confidence: 'high',
};
