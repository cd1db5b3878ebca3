import type { CatalogueEntry } from '../catalogue-entry.ts';

export const soundcloud: CatalogueEntry = {
  name: 'soundcloud',
  strategy: 'soundcloud',
  displayName: 'SoundCloud',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.soundcloud.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'OAuth',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    tokenEndpoint: 'https://secure.soundcloud.com/oauth/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.soundcloud.com/me',
    expectStatus: 200,
    badTokenStatus: [401],
    costsQuota: true,
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developers.soundcloud.com/docs/api/',
    authorization: 'https://developers.soundcloud.com/docs/api/guide#authentication',
  },
  confidence: 'medium',
};
