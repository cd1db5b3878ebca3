import type { CatalogueEntry } from '../catalogue-entry.ts';
import { salesforce } from './salesforce.ts';

export const salesforceSandbox: CatalogueEntry = {
  ...salesforce,
  name: 'salesforce-sandbox',
  strategy: 'salesforce-sandbox',
  displayName: 'Salesforce Sandbox',
  storedAtAuth0: { ...salesforce.storedAtAuth0, tokenVault: false, connectionOptions: [] },
  refresh: { ...salesforce.refresh, tokenEndpoint: 'https://test.salesforce.com/services/oauth2/token' },
  probe: { ...salesforce.probe, url: 'https://test.salesforce.com/services/oauth2/userinfo' },
  introspection: {
    ...salesforce.introspection,
    url: 'https://test.salesforce.com/services/oauth2/introspect',
  },
  revocation: { ...salesforce.revocation, url: 'https://test.salesforce.com/services/oauth2/revoke' },
};
