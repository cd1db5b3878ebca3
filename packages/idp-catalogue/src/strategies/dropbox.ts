import type { CatalogueEntry } from '../catalogue-entry.ts';

export const dropbox: CatalogueEntry = {
  name: 'dropbox',
  strategy: 'dropbox',
  displayName: 'Dropbox',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.dropboxapi.com', 'https://content.dropboxapi.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 14400,
  },
  refresh: {
    possible: 'conditional',
    condition: 'ask for token_access_type=offline at sign-in',
    rotates: 'never',
    tokenEndpoint: 'https://api.dropboxapi.com/oauth2/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'POST',
    url: 'https://api.dropboxapi.com/2/check/user',
    headers: {
      'Content-Type': 'application/json',
    },
    body: {
      json: {
        query: 'ping',
      },
    },
    expectStatus: 200,
    badTokenStatus: [401],
    okWhen: {
      jsonPointer: '/result',
      equals: 'ping',
    },
    needsScope: 'account_info.read',
  },
  revocation: {
    method: 'POST',
    url: 'https://api.dropboxapi.com/2/auth/token/revoke',
    credentials: 'userToken',
  },
  expiredSignal: [
    { status: [401], jsonPointer: '/error/.tag', in: ['expired_access_token', 'invalid_access_token'] },
  ],
  missingScopeSignal: [{ status: [401], jsonPointer: '/error/.tag', in: ['missing_scope'] }],
  rateLimit: {
    headers: ['Retry-After'],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'Content-Type',
      value: 'application/json',
      required: 'conditional',
    },
    {
      name: 'Dropbox-API-Arg',
      required: 'conditional',
    },
  ],
  docs: {
    api: 'https://www.dropbox.com/developers/documentation/http/documentation',
    authorization: 'https://developers.dropbox.com/oauth-guide',
  },
  confidence: 'high',
};
