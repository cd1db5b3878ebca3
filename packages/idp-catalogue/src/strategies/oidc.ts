import type { CatalogueEntry } from '../catalogue-entry.ts';

export const oidc: CatalogueEntry = {
  name: 'oidc',
  strategy: 'oidc',
  displayName: 'OpenID Connect (enterprise)',
  kind: 'enterprise',
  upstreamStatus: 'active',
  relayable: 'configured',
  issuesToken: 'sometimes',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: [
      'type (back_channel|front_channel)',
      'discovery_url',
      'oidc_metadata',
      'scope',
      'dpop_signing_alg',
    ],
  },
  apiBaseUrls: [],
  apiBaseUrlTemplate: '{issuer}',
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  tokenTransportVariants: [
    {
      when: 'dpop_enabled',
      tokenTransport: {
        in: 'dpop',
      },
    },
  ],
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'conditional',
    condition: 'the scope offline_access, where the provider has it',
    askedAtSignIn: { scope: 'offline_access' },
    rotates: 'sometimes',
    format: 'form',
  },
  docs: {
    authorization: 'https://openid.net/specs/openid-connect-core-1_0.html',
  },
  notes: ['With DPoP the token is bound to a key at Auth0, and no relay can use it.'],
  confidence: 'medium',
};
