import type { CatalogueEntry } from '../catalogue-entry.ts';

export const huggingFace: CatalogueEntry = {
  name: 'hugging-face',
  strategy: 'oauth2',
  connectionNames: ['hugging-face'],
  displayName: 'Hugging Face',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://huggingface.co'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
    tokenEndpoint: 'https://huggingface.co/oauth/token',
    clientAuthentication: 'basic',
  },
  probe: {
    method: 'GET',
    url: 'https://huggingface.co/oauth/userinfo',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'openid',
  },
  docs: {
    api: 'https://huggingface.co/docs/hub/api',
    authorization: 'https://huggingface.co/docs/hub/oauth',
  },
  confidence: 'low',
};
