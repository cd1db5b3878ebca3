import { withoutToken } from './without-token.ts';

export const ad = withoutToken({
  name: 'ad',
  displayName: 'Active Directory / LDAP',
  kind: 'enterprise',
});
