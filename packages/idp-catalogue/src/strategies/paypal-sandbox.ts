import type { CatalogueEntry } from '../catalogue-entry.ts';
import { paypal } from './paypal.ts';

export const paypalSandbox: CatalogueEntry = {
  ...paypal,
  name: 'paypal-sandbox',
  strategy: 'paypal-sandbox',
  displayName: 'PayPal Sandbox',
  storedAtAuth0: { ...paypal.storedAtAuth0, tokenVault: false, connectionOptions: [] },
  apiBaseUrls: ['https://api-m.sandbox.paypal.com'],
  refresh: { ...paypal.refresh, tokenEndpoint: 'https://api-m.sandbox.paypal.com/v1/oauth2/token' },
  probe: {
    ...paypal.probe,
    url: 'https://api-m.sandbox.paypal.com/v1/identity/openidconnect/userinfo?schema=openid',
  },
};
