import { withoutToken } from './without-token.ts';

export const auth0Adldap = withoutToken({
  name: 'auth0-adldap',
  displayName: 'Auth0 AD/LDAP (connection strategy only)',
  kind: 'enterprise',
});
