import type { CatalogueEntry } from '../catalogue-entry.ts';
import { salesforce } from './salesforce.ts';

// Each community has a host of its own.
const { url: _url, ...probe } = salesforce.probe;

export const salesforceCommunity: CatalogueEntry = {
  ...salesforce,
  name: 'salesforce-community',
  strategy: 'salesforce-community',
  displayName: 'Salesforce Community (Experience Cloud)',
  storedAtAuth0: {
    ...salesforce.storedAtAuth0,
    tokenVault: false,
    connectionOptions: ['community_base_url'],
  },
  refresh: { ...salesforce.refresh, tokenEndpoint: 'https://{communityHost}/services/oauth2/token' },
  probe: { ...probe, path: '/services/oauth2/userinfo' },
  introspection: { ...salesforce.introspection, url: 'https://{communityHost}/services/oauth2/introspect' },
  revocation: { ...salesforce.revocation, url: 'https://{communityHost}/services/oauth2/revoke' },
  confidence: 'medium',
};
