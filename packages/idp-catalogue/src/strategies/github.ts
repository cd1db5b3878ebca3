import type { CatalogueEntry } from '../catalogue-entry.ts';

export const github: CatalogueEntry = {
  name: 'github',
  strategy: 'github',
  displayName: 'GitHub',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: ['scope flags', 'freeform_scopes'],
  },
  apiBaseUrls: ['https://api.github.com', 'https://uploads.github.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'sometimes',
  },
  refresh: {
    possible: 'conditional',
    condition: 'a GitHub App with expiring user tokens; OAuth Apps give no refresh token',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 15897600,
    tokenEndpoint: 'https://github.com/login/oauth/access_token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.github.com/rate_limit',
    headers: {
      Accept: 'application/vnd.github+json',
    },
    expectStatus: 200,
    badTokenStatus: [401],
    scopesFrom: {
      header: 'X-OAuth-Scopes',
      separator: ', ',
    },
    expiresFrom: {
      header: 'github-authentication-token-expiration',
      unit: 'dateTime',
    },
    costsQuota: false,
  },
  introspection: {
    method: 'POST',
    url: 'https://api.github.com/applications/{client_id}/token',
    credentials: 'clientBasic',
    body: {
      json: {
        access_token: '{access_token}',
      },
    },
    okWhen: {
      jsonPointer: '/message',
      absent: true,
    },
    badTokenStatus: [404],
    scopesFrom: {
      jsonPointer: '/scopes',
    },
    expiresFrom: {
      jsonPointer: '/expires_at',
      unit: 'dateTime',
    },
  },
  revocation: {
    method: 'DELETE',
    url: 'https://api.github.com/applications/{client_id}/token',
    credentials: 'clientBasic',
    body: {
      json: {
        access_token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401], jsonPointer: '/message', in: ['Bad credentials'] }],
  // Private things answer 404 too, just as things that are not there.
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: [
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-used',
      'x-ratelimit-reset',
      'x-ratelimit-resource',
      'retry-after',
    ],
    resetUnit: 'epochSeconds',
    limitStatus: [403, 429],
  },
  defaultHeaders: [
    {
      name: 'User-Agent',
      required: 'always',
    },
    {
      name: 'Accept',
      value: 'application/vnd.github+json',
      required: 'no',
    },
    {
      name: 'X-GitHub-Api-Version',
      value: '2022-11-28',
      required: 'no',
    },
  ],
  docs: {
    api: 'https://docs.github.com/rest',
    authorization: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
  },
  notes: [
    'A 403 is a rate limit when x-ratelimit-remaining is 0 or retry-after is there; otherwise a permission is missing.',
    'Organisations with SSO answer 403 until the user has authorised the app for them.',
  ],
  confidence: 'high',
};
