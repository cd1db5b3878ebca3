import type { CatalogueEntry } from '../catalogue-entry.ts';

export const facebook: CatalogueEntry = {
  name: 'facebook',
  strategy: 'facebook',
  displayName: 'Facebook',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'no',
    tokenVault: false,
    connectionOptions: ['scope', 'freeform_scopes', 'upstream_params'],
  },
  apiBaseUrls: ['https://graph.facebook.com', 'https://graph-video.facebook.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  methodParameter: 'method',
  appSecretProof: { parameter: 'appsecret_proof' },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 5184000,
  },
  refresh: {
    possible: 'no',
    rotates: 'never',
    tokenEndpoint: 'https://graph.facebook.com/v24.0/oauth/access_token',
    clientAuthentication: 'post',
  },
  probe: {
    method: 'GET',
    url: 'https://graph.facebook.com/v24.0/me/permissions',
    expectStatus: 200,
    badTokenStatus: [400, 401],
    scopesFrom: {
      jsonPointer: '/data/*/permission',
      where: {
        status: 'granted',
      },
    },
    costsQuota: true,
  },
  introspection: {
    method: 'GET',
    url: 'https://graph.facebook.com/debug_token?input_token={access_token}',
    credentials: 'appAccessToken',
    okWhen: {
      jsonPointer: '/data/is_valid',
      equals: true,
    },
    // Both are about the app's own token: what is amiss with the user's comes with a 200.
    refusedClientSignal: [{ status: [400], jsonPointer: '/error/code', in: [101, 190] }],
    scopesFrom: {
      jsonPointer: '/data/scopes',
    },
    // 0 for tokens without an end.
    expiresFrom: {
      jsonPointer: '/data/expires_at',
      unit: 'epochSeconds',
    },
  },
  revocation: {
    method: 'DELETE',
    url: 'https://graph.facebook.com/v24.0/me/permissions',
    credentials: 'userToken',
  },
  expiredSignal: [{ status: [400, 401], jsonPointer: '/error/code', in: [190] }],
  missingScopeSignal: [
    { status: [400, 403], jsonPointer: '/error/code', in: [10] },
    { status: [400, 403], jsonPointer: '/error/code', range: { from: 200, to: 299 } },
  ],
  rateLimit: {
    headers: ['X-App-Usage', 'X-Business-Use-Case-Usage', 'X-Ad-Account-Usage'],
    limitStatus: [400, 403],
  },
  docs: {
    api: 'https://developers.facebook.com/docs/graph-api',
    authorization: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens',
  },
  notes: [
    'The API version is part of the path; calls without one run on the oldest version that the app may use.',
    'The API takes the method from the query (?method=delete) or the form of a POST as well: the relay refuses the first, and a rule that lets POST through lets the second through too.',
    'Apps that demand proof need appsecret_proof on every call, which takes the app secret.',
  ],
  confidence: 'high',
};
