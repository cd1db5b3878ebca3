import { join } from 'node:path';
import { loadRelayConfiguration } from '@idp-relay/relay-configuration';
import { expect, it } from 'vitest';

it('the example for operators is a good one', () => {
  const { policy } = loadRelayConfiguration(join(import.meta.dirname, '..', '..', 'relay.example.yaml'), {
    SAMPLE_PRODUCT_CLIENT_ID: 'product',
    SAMPLE_BACKEND_CLIENT_ID: 'backend',
  });
  const ask = (path: string, method = 'GET') =>
    policy.ask({ clientId: 'product', connection: 'github', method, path }).allowed;
  expect(ask('/user/repos')).toBe(true);
  expect(ask('/repos/a/b/issues')).toBe(true);
  expect(ask('/repos/a/b/issues/1/more')).toBe(false);
  expect(ask('/user/repos', 'DELETE')).toBe(false);
  expect(ask('/user/keys')).toBe(false);
});
