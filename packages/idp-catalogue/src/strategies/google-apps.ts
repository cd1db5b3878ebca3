import type { CatalogueEntry } from '../catalogue-entry.ts';
import { googleOauth2 } from './google-oauth2.ts';

export const googleApps: CatalogueEntry = {
  ...googleOauth2,
  name: 'google-apps',
  strategy: 'google-apps',
  displayName: 'Google Workspace',
  kind: 'enterprise',
  storedAtAuth0: {
    ...googleOauth2.storedAtAuth0,
    connectionOptions: [
      'scope',
      'allow_setting_login_scopes',
      'admin_access_token',
      'admin_refresh_token',
      'upstream_params',
    ],
  },
  refresh: {
    ...googleOauth2.refresh,
    condition: 'ask for access_type=offline and approval_prompt=force at sign-in',
    askedAtSignIn: { parameters: { access_type: 'offline', approval_prompt: 'force' } },
  },
};
