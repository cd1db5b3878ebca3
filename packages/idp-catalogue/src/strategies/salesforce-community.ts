import type { CatalogueEntry } from '../catalogue-entry.ts';
import { salesforce } from './salesforce.ts';

// A probe needs a fixed address, and each community has a host of its own.
const { probe: _probe, ...withoutProbe } = salesforce;

export const salesforceCommunity: CatalogueEntry = {
  ...withoutProbe,
  name: 'salesforce-community',
  strategy: 'salesforce-community',
  displayName: 'Salesforce Community (Experience Cloud)',
  storedAtAuth0: {
    ...salesforce.storedAtAuth0,
    tokenVault: false,
    connectionOptions: ['community_base_url'],
  },
  refresh: { ...salesforce.refresh, tokenEndpoint: 'https://{communityHost}/services/oauth2/token' },
  introspection: { ...salesforce.introspection, url: 'https://{communityHost}/services/oauth2/introspect' },
  revocation: { ...salesforce.revocation, url: 'https://{communityHost}/services/oauth2/revoke' },
  confidence: 'medium',
};
