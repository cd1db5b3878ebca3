import type { CatalogueEntry } from '../catalogue-entry.ts';

export const googleOauth2 = {
  name: 'google-oauth2',
  strategy: 'google-oauth2',
  displayName: 'Google / Gmail',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: ['scope', 'freeform_scopes', 'offline_access', 'upstream_params'],
  },
  apiBaseUrls: [
    'https://www.googleapis.com',
    'https://openidconnect.googleapis.com',
    'https://gmail.googleapis.com',
    'https://people.googleapis.com',
    'https://docs.googleapis.com',
    'https://sheets.googleapis.com',
    'https://slides.googleapis.com',
    'https://tasks.googleapis.com',
    'https://youtube.googleapis.com',
    'https://chat.googleapis.com',
    'https://forms.googleapis.com',
    'https://classroom.googleapis.com',
    'https://meet.googleapis.com',
    'https://analyticsdata.googleapis.com',
    'https://analyticsadmin.googleapis.com',
    'https://admin.googleapis.com',
    'https://health.googleapis.com',
  ],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3599,
  },
  refresh: {
    possible: 'conditional',
    condition:
      'ask for access_type=offline at sign-in; again after the first consent only with prompt=consent',
    askedAtSignIn: { parameters: { access_type: 'offline', prompt: 'consent' } },
    rotates: 'never',
    tokenEndpoint: 'https://oauth2.googleapis.com/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://oauth2.googleapis.com/tokeninfo',
    tokenTransport: {
      in: 'query',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [400],
    scopesFrom: {
      jsonPointer: '/scope',
      separator: ' ',
    },
    expiresFrom: {
      jsonPointer: '/expires_in',
      unit: 'secondsFromNow',
    },
    costsQuota: false,
  },
  revocation: {
    method: 'POST',
    url: 'https://oauth2.googleapis.com/revoke',
    credentials: 'none',
    body: {
      form: {
        token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401], jsonPointer: '/error/status', in: ['UNAUTHENTICATED'] }],
  missingScopeSignal: [
    { status: [403], jsonPointer: '/error/details/*/reason', in: ['ACCESS_TOKEN_SCOPE_INSUFFICIENT'] },
    { status: [403], header: { name: 'WWW-Authenticate', contains: 'insufficient_scope' } },
  ],
  rateLimit: {
    headers: [],
    limitStatus: [403, 429],
  },
  docs: {
    api: 'https://developers.google.com/apis-explorer',
    authorization: 'https://developers.google.com/identity/protocols/oauth2/web-server',
  },
  confidence: 'high',
} satisfies CatalogueEntry;
