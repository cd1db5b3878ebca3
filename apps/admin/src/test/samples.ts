import type { components } from '@idp-relay/client';

type Identity = components['schemas']['InspectedIdentity'];
type Tenant = components['schemas']['Tenant'];
type Examination = components['schemas']['TenantExamination'];
type ListedUser = components['schemas']['ListedUser'];
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

/** Ada, with one usable GitHub identity. */
export function sampleListedUser(changed: Partial<ListedUser> = {}): ListedUser {
  return {
    user_id: 'github|1001',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    blocked: false,
    identities: [
      {
        connection: 'github',
        provider: 'github',
        idp_user_id: '1001',
        display_name: 'GitHub',
        state: 'usable',
        reason: 'token_without_end',
        callable: true,
      },
    ],
    ...changed,
  };
}

/** A tenant in which everything is right. */
export function sampleTenant(changed: Partial<Tenant> = {}): Tenant {
  return {
    domain: 'acme.eu.auth0.com',
    issuers: ['https://acme.eu.auth0.com/'],
    audience: 'https://relay.example.com',
    management_client: {
      client_id: 'relayClient',
      authentication_method: 'client_secret_post',
      needed_scopes: ['read:users', 'read:user_idp_tokens'],
      granted_scopes: ['read:users', 'read:user_idp_tokens'],
      missing_scopes: [],
      unneeded_scopes: [],
    },
    permissions: [{ name: 'inspect:identities', description: 'See verdicts', held_by_you: true }],
    clients: [],
    rate_limit: { limit: 15, remaining: 12, wait_ms: 0 },
    ...changed,
  };
}

/** An examination that found nothing. */
export function sampleExamination(changed: Partial<Examination> = {}): Examination {
  return {
    examined_at: '2026-11-20T08:00:00.000Z',
    kept_until: '2026-11-20T08:01:00.000Z',
    counts: { errors: 0, warnings: 0, notes: 0, passed: 62, not_made: 0 },
    findings: [],
    not_made: [],
    ...changed,
  };
}
