import type { CatalogueEntry } from '../catalogue-entry.ts';

export const twitter: CatalogueEntry = {
  name: 'twitter',
  strategy: 'twitter',
  displayName: 'X (Twitter)',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: [
      'protocol (oauth1|oauth2)',
      'offline_access',
      'tweet_read',
      'users_read',
      'freeform_scopes',
    ],
  },
  apiBaseUrls: ['https://api.x.com', 'https://api.twitter.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  tokenTransportVariants: [
    {
      when: 'access_token_secret_stored',
      tokenTransport: {
        in: 'oauth1',
      },
    },
  ],
  accessToken: {
    expires: 'sometimes',
    lifetimeSeconds: 7200,
  },
  refresh: {
    possible: 'conditional',
    condition: 'the scope offline.access, with protocol oauth2',
    askedAtSignIn: { scope: 'offline.access' },
    rotates: 'always',
    tokenEndpoint: 'https://api.x.com/2/oauth2/token',
    clientAuthentication: 'basic',
    format: 'form',
    extraParameters: {
      client_id: '{client_id}',
    },
  },
  probe: {
    method: 'GET',
    url: 'https://api.x.com/2/users/me',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'users.read tweet.read',
    costsQuota: true,
  },
  revocation: {
    method: 'POST',
    url: 'https://api.x.com/2/oauth2/revoke',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{access_token}',
        token_type_hint: 'access_token',
      },
    },
  },
  expiredSignal: [{ status: [401] }, { status: [401], jsonPointer: '/errors/*/code', in: [89] }],
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: ['x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset'],
    resetUnit: 'epochSeconds',
    limitStatus: [429],
  },
  docs: {
    api: 'https://docs.x.com/x-api',
    authorization: 'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code',
  },
  notes: ['An identity that stores access_token_secret is an OAuth 1.0a one, and its calls must be signed.'],
  confidence: 'high',
};
