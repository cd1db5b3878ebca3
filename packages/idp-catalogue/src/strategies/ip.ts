import { withoutToken } from './without-token.ts';

export const ip = withoutToken({
  name: 'ip',
  displayName: 'IP address authentication',
  kind: 'enterprise',
});
