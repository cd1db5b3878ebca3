import type { CatalogueEntry } from '../catalogue-entry.ts';

export const dwolla: CatalogueEntry = {
  name: 'dwolla',
  strategy: 'dwolla',
  displayName: 'Dwolla',
  kind: 'social',
  upstreamStatus: 'limited',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.dwolla.com', 'https://api-sandbox.dwolla.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
    tokenEndpoint: 'https://api.dwolla.com/token',
    clientAuthentication: 'basic',
  },
  probe: {
    method: 'GET',
    url: 'https://api.dwolla.com/',
    headers: {
      Accept: 'application/vnd.dwolla.v1.hal+json',
    },
    expectStatus: 200,
    badTokenStatus: [401],
  },
  expiredSignal: [{ status: [401], jsonPointer: '/code', in: ['ExpiredAccessToken', 'InvalidAccessToken'] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'Accept',
      value: 'application/vnd.dwolla.v1.hal+json',
      required: 'always',
    },
  ],
  docs: {
    api: 'https://developers.dwolla.com/docs',
    authorization: 'https://developers.dwolla.com/guides/auth/using-an-access-token',
  },
  confidence: 'low',
};
