import { withoutToken } from './without-token.ts';

export const samlp = withoutToken({
  name: 'samlp',
  displayName: 'SAML',
  kind: 'enterprise',
});
