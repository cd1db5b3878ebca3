import type { CatalogueEntry } from '../catalogue-entry.ts';

export const vkontakte: CatalogueEntry = {
  name: 'vkontakte',
  strategy: 'vkontakte',
  displayName: 'VKontakte',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.vk.com', 'https://id.vk.com'],
  tokenTransport: {
    in: 'query',
    parameter: 'access_token',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'no',
    rotates: 'unknown',
    tokenEndpoint: 'https://id.vk.com/oauth2/auth',
    clientAuthentication: 'none',
  },
  // No probe: the one harmless call of VK ID wants the client id of the connection, which the relay does not know.
  revocation: {
    method: 'POST',
    url: 'https://id.vk.com/oauth2/revoke',
    credentials: 'none',
    body: {
      form: {
        client_id: '{client_id}',
        access_token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [200], jsonPointer: '/error/error_code', in: [5] }],
  rateLimit: {
    headers: [],
    limitStatus: [200],
  },
  docs: {
    api: 'https://dev.vk.com/reference',
    authorization:
      'https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-integration/api-description',
  },
  confidence: 'low',
};
