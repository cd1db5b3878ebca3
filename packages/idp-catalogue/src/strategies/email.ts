import { withoutToken } from './without-token.ts';

export const email = withoutToken({
  name: 'email',
  displayName: 'Passwordless email',
  kind: 'passwordless',
});
