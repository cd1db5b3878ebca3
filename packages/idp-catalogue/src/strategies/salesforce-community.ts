import type { CatalogueEntry } from '../catalogue-entry.ts';
import { salesforce } from './salesforce.ts';

// Each community has a host of its own.
const { url: _probeUrl, ...probe } = salesforce.probe;
const { url: _introspectionUrl, ...introspection } = salesforce.introspection;
const { url: _revocationUrl, ...revocation } = salesforce.revocation;

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
  introspection: { ...introspection, path: '/services/oauth2/introspect' },
  revocation: { ...revocation, path: '/services/oauth2/revoke' },
  confidence: 'medium',
};
