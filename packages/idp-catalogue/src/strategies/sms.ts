import { withoutToken } from './without-token.ts';

export const sms = withoutToken({
  name: 'sms',
  displayName: 'Passwordless SMS',
  kind: 'passwordless',
});
