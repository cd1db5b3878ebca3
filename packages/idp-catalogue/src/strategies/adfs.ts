import { withoutToken } from './without-token.ts';

export const adfs = withoutToken({
  name: 'adfs',
  displayName: 'ADFS',
  kind: 'enterprise',
});
