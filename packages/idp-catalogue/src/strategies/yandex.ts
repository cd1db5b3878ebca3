import type { CatalogueEntry } from '../catalogue-entry.ts';

export const yandex: CatalogueEntry = {
  name: 'yandex',
  strategy: 'yandex',
  displayName: 'Yandex',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://login.yandex.ru', 'https://cloud-api.yandex.net', 'https://api-metrika.yandex.net'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'OAuth',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'yes',
    rotates: 'unknown',
    tokenEndpoint: 'https://oauth.yandex.com/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://login.yandex.ru/info?format=json',
    expectStatus: 200,
    badTokenStatus: [401],
  },
  revocation: {
    method: 'POST',
    url: 'https://oauth.yandex.ru/revoke_token',
    credentials: 'clientBasic',
    body: {
      form: {
        access_token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://yandex.com/dev/id/doc/en/user-information',
    authorization: 'https://yandex.com/dev/id/doc/en/concepts/ya-oauth-intro',
  },
  confidence: 'medium',
};
