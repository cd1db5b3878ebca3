import type { CatalogueEntry } from '../catalogue-entry.ts';

export const salesforce = {
  name: 'salesforce',
  strategy: 'salesforce',
  displayName: 'Salesforce',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: ['profile', 'scope', 'freeform_scopes'],
  },
  apiBaseUrls: [],
  apiBaseUrlTemplate: 'https://{instanceHost}',
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 7200,
  },
  refresh: {
    possible: 'conditional',
    condition: 'the scope refresh_token, also enabled on the connected app',
    askedAtSignIn: { scope: 'refresh_token' },
    rotates: 'sometimes',
    tokenEndpoint: 'https://login.salesforce.com/services/oauth2/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://login.salesforce.com/services/oauth2/userinfo',
    expectStatus: 200,
    badTokenStatus: [401, 403],
    needsScope: 'openid or id',
  },
  introspection: {
    method: 'POST',
    url: 'https://login.salesforce.com/services/oauth2/introspect',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{access_token}',
        token_type_hint: 'access_token',
      },
    },
  },
  revocation: {
    method: 'POST',
    url: 'https://login.salesforce.com/services/oauth2/revoke',
    credentials: 'none',
    body: {
      form: {
        token: '{access_token}',
      },
    },
  },
  // The userinfo endpoint alone refuses tokens with 403, and by plain text; the probe knows.
  expiredSignal: [{ status: [401], jsonPointer: '/*/errorCode', in: ['INVALID_SESSION_ID'] }],
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: ['Sforce-Limit-Info'],
    limitStatus: [403, 503],
  },
  docs: {
    api: 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/',
    authorization: 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm',
  },
  notes: [
    'The host of the organisation stands in the profile, not in the identity: set apiBaseUrls for the connection.',
  ],
  confidence: 'high',
} satisfies CatalogueEntry;
