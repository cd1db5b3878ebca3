import { withoutToken } from './without-token.ts';

export const pingfederate = withoutToken({
  name: 'pingfederate',
  displayName: 'PingFederate',
  kind: 'enterprise',
});
