import type { components } from '@idp-relay/client';

type Identity = components['schemas']['InspectedIdentity'];
type Connection = components['schemas']['Connection'];

/** A GitHub identity whose token is usable. */
export function sampleIdentity(changed: Partial<Identity> = {}): Identity {
  return {
    connection: 'github',
    provider: 'github',
    idp_user_id: '1001',
    is_social: true,
    primary: true,
    display_name: 'GitHub',
    api_base_urls: ['https://api.github.com'],
    verdict: {
      state: 'usable',
      reason: 'token_without_end',
      callable: true,
      detail: 'A token is stored, and such tokens do not end by themselves.',
      advice: '',
      evidence: { has_refresh_token: false, last_login: '2026-11-20T08:00:00.000Z' },
      observed_at: '2026-11-20T08:00:00.000Z',
      source: 'auth0_profile',
    },
    ...changed,
  };
}

/** GitHub, with nothing let through. */
export function sampleConnection(changed: Partial<Connection> = {}): Connection {
  return {
    connection: 'github',
    display_name: 'GitHub',
    strategy: 'github',
    known_from: 'configuration',
    relayable: 'yes',
    api_base_urls: ['https://api.github.com'],
    access_token_expires: 'never',
    renewable: 'no',
    token_vault: false,
    required_scopes: [],
    users_seen: 3,
    users_callable: 2,
    notes: [],
    rules: [],
    ...changed,
  };
}
