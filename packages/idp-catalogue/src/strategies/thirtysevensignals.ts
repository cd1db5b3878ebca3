import type { CatalogueEntry } from '../catalogue-entry.ts';

export const thirtysevensignals: CatalogueEntry = {
  name: 'thirtysevensignals',
  strategy: 'thirtysevensignals',
  displayName: 'Basecamp (37signals)',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://3.basecampapi.com', 'https://launchpad.37signals.com', 'https://basecamp.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 1209600,
  },
  refresh: {
    possible: 'yes',
    rotates: 'never',
    tokenEndpoint: 'https://launchpad.37signals.com/authorization/token',
    clientAuthentication: 'post',
    format: 'form',
    extraParameters: {
      type: 'refresh',
    },
  },
  probe: {
    method: 'GET',
    url: 'https://launchpad.37signals.com/authorization.json',
    expectStatus: 200,
    badTokenStatus: [401],
    expiresFrom: {
      jsonPointer: '/expires_at',
      unit: 'dateTime',
    },
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: ['Retry-After'],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'User-Agent',
      required: 'always',
    },
  ],
  docs: {
    api: 'https://github.com/basecamp/bc3-api',
    authorization: 'https://github.com/basecamp/api/blob/master/sections/authentication.md',
  },
  notes: ['Calls need a User-Agent with the app’s name and a contact.'],
  confidence: 'high',
};
