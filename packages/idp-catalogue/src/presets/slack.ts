import type { CatalogueEntry } from '../catalogue-entry.ts';

export const slack: CatalogueEntry = {
  name: 'slack',
  strategy: 'oauth2',
  connectionNames: ['sign-in-with-slack', 'slack'],
  displayName: 'Slack',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://slack.com', 'https://files.slack.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'sometimes',
  },
  refresh: {
    possible: 'conditional',
    condition: 'token rotation switched on for the Slack app',
    rotates: 'always',
    tokenEndpoint: 'https://slack.com/api/oauth.v2.access',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'POST',
    url: 'https://slack.com/api/auth.test',
    expectStatus: 200,
    badTokenStatus: [200],
    okWhen: {
      jsonPointer: '/ok',
      equals: true,
    },
    scopesFrom: {
      header: 'x-oauth-scopes',
      separator: ',',
    },
  },
  revocation: {
    method: 'POST',
    url: 'https://slack.com/api/auth.revoke',
    credentials: 'userToken',
  },
  expiredSignal: [
    {
      status: [200],
      jsonPointer: '/error',
      in: ['token_expired', 'token_revoked', 'invalid_auth', 'account_inactive'],
    },
  ],
  missingScopeSignal: [{ status: [200], jsonPointer: '/error', in: ['missing_scope'] }],
  rateLimit: {
    headers: ['Retry-After'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://docs.slack.dev/apis/web-api/',
    authorization: 'https://docs.slack.dev/authentication/using-token-rotation',
  },
  notes: ['Refusals come with status 200 and ok: false.'],
  confidence: 'high',
};
