import type { CatalogueEntry } from '../catalogue-entry.ts';

export const apple: CatalogueEntry = {
  name: 'apple',
  strategy: 'apple',
  displayName: 'Apple',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'no',
  issuesToken: 'sometimes',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: ['client_id', 'team_id', 'kid', 'app_secret (PEM key)'],
  },
  apiBaseUrls: [],
  tokenTransport: {
    in: 'none',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'yes',
    rotates: 'never',
    tokenEndpoint: 'https://appleid.apple.com/auth/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  revocation: {
    method: 'POST',
    url: 'https://appleid.apple.com/auth/revoke',
    credentials: 'clientPost',
    body: {
      form: {
        client_id: '{client_id}',
        client_secret: '{client_secret}',
        token: '{access_token}',
        token_type_hint: 'refresh_token',
      },
    },
  },
  expiredSignal: [{ status: [400], jsonPointer: '/error', in: ['invalid_grant'] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.apple.com/documentation/signinwithapplerestapi',
    authorization:
      'https://developer.apple.com/documentation/signinwithapplerestapi/generate-and-validate-tokens',
  },
  confidence: 'high',
};
