import { describe, expect, it } from 'vitest';
import { parseRelayConfiguration, RelayConfigurationError } from './relay-configuration.ts';

const complaint = (text: string, environment = {}): string => {
  try {
    parseRelayConfiguration(text, environment, 'relay.yaml');
  } catch (error) {
    if (error instanceof RelayConfigurationError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

describe('parseRelayConfiguration', () => {
  it.each([
    ['rules: x', 'rules: '],
    ['unheard: 1', 'Unrecognized key: "unheard"'],
    ['a: [', 'Flow sequence'],
    ['clients: { app: "${APP_ID}" }', 'the environment variable APP_ID is not set'],
    [
      'rules: [{ name: a, clients: [app], connections: [github], methods: [GET], paths: [/x] }]',
      'rules.0.clients: "app" is not a name in clients',
    ],
    [
      'clients: { app: x }\nrules: [{ name: a, clients: [app], connections: [github], methods: [GTE], paths: [/x] }]',
      'rules.0.methods.0',
    ],
    [
      'clients: { app: x }\nrules: [{ name: a, clients: [app], connections: [github], methods: [GET], paths: [x] }]',
      'rules.0.paths.0',
    ],
    [
      'clients: { app: x }\nrules: [{ name: a, clients: [app], connections: [github], methods: [GET], paths: ["/(x+)+"] }]',
      'is not a URL pattern',
    ],
    [
      'clients: { app: x }\nrules: [{ name: a, clients: [app], connections: [github], methods: [GET], paths: [/x], base_urls: ["https://api.github.com/"] }]',
      'rules.0.base_urls.0: must be an https URL without user, query, fragment, wildcard, template or trailing slash',
    ],
    [
      'connections: { github: { catalogue: { apiBaseUrls: ["http://api.github.com"] } } }',
      'github.apiBaseUrls.0: must be an https URL',
    ],
  ])('%s', (text, expected) => {
    expect(complaint(text)).toContain(expected);
  });

  it('fills environment variables in, and nothing they hold can change the document', () => {
    const { policy } = parseRelayConfiguration(
      'clients: { app: "${APP_ID}" }',
      { APP_ID: 'x" }, rules: [' },
      'relay.yaml',
    );
    expect(policy.clientName('x" }, rules: [')).toBe('app');
  });

  it('an empty document refuses everything', () => {
    const { policy } = parseRelayConfiguration('', {}, 'relay.yaml');
    expect(policy.ask({ clientId: 'a', connection: 'github', method: 'GET', path: '/user' })).toEqual({
      allowed: false,
      missing: 'client',
    });
  });
});
