import type { CatalogueEntry } from '../catalogue-entry.ts';

export const sharepoint: CatalogueEntry = {
  name: 'sharepoint',
  strategy: 'sharepoint',
  displayName: 'SharePoint Apps (legacy, Azure ACS)',
  kind: 'enterprise',
  upstreamStatus: 'shutdown',
  relayable: 'no',
  issuesToken: 'sometimes',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: [],
  apiBaseUrlTemplate: 'https://{tenantName}.sharepoint.com',
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 43200,
  },
  refresh: {
    possible: 'yes',
    rotates: 'unknown',
    tokenEndpoint: 'https://accounts.accesscontrol.windows.net/{realm}/tokens/OAuth/2',
    clientAuthentication: 'post',
  },
  rateLimit: {
    headers: ['Retry-After'],
    limitStatus: [429, 503],
  },
  defaultHeaders: [
    {
      name: 'Accept',
      value: 'application/json;odata=nometadata',
      required: 'no',
    },
  ],
  docs: {
    api: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/get-to-know-the-sharepoint-rest-service',
    authorization:
      'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/add-ins-and-azure-acs-retirements-faq',
  },
  confidence: 'medium',
};
