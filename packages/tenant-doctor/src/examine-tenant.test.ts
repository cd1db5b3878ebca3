import { canary } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { options } from '../test/change-connection.ts';
import { relayBody, startHealthyTenant, type HealthyTenant } from '../test/healthy-tenant.ts';
import { makeReader } from '../test/make-reader.ts';
import { allTenantChecks } from './checks/all-checks.ts';
import { examineTenant, examineUser, scopesForTenant, severities } from './index.ts';

let healthy: HealthyTenant;
beforeAll(async () => {
  healthy = await startHealthyTenant();
});
afterAll(() => healthy.tenant.close());

it('finds nothing in a tenant that is as the relay needs it', async () => {
  const { findings, passed, notMade } = await examineTenant(healthy.reader(), healthy.expected);
  expect(findings).toEqual([]);
  expect(notMade).toEqual([]);
  expect(passed).toEqual(allTenantChecks.map(({ code }) => code));
});

it('makes each check once, gives no code twice, and the worst finding first', async () => {
  const codes = allTenantChecks.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  await options('github', { client_id: undefined, client_secret: undefined, repo: undefined })(healthy);
  await options('google-oauth2', { upstream_params: {} })(healthy);
  await healthy.api('PATCH', `/clients/${healthy.ids.relay}`, {
    app_type: 'spa',
    token_endpoint_auth_method: 'client_secret_post',
    client_authentication_methods: null,
  });
  const { findings, passed, notMade } = await examineTenant(healthy.reader(), healthy.expected);
  await healthy.api('PATCH', `/clients/${healthy.ids.relay}`, relayBody);
  await options('github')(healthy);
  await options('google-oauth2')(healthy);
  expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning', 'note', 'note']);
  expect(severities).toEqual(['error', 'warning', 'note']);
  expect(notMade).toEqual([]);
  expect(passed).toHaveLength(codes.length - 5);
});

it('asks for no address twice, of tenant and user together', async () => {
  const asked: string[] = [];
  const reader = healthy.reader({
    fetch: (input, init) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return fetch(input, init);
    },
  });
  await examineTenant(reader, healthy.expected);
  await examineUser(reader, healthy.expected, 'github|1001');
  expect(asked.length).toBeGreaterThan(20);
  expect(new Set(asked).size).toBe(asked.length);
});

it('reads lists to their end', async () => {
  const extra = Array.from({ length: 130 }, (_, index) => ({
    client_id: `extra-${index}`,
    name: `Extra ${index}`,
  }));
  const { clients, connections } = healthy.tenant.database.state;
  clients.splice(1, 0, ...extra);
  connections.unshift(
    ...extra.map(({ name }, index) => ({
      id: `con_${index}`,
      name,
      strategy: 'samlp',
      options: {},
      enabled_clients: [],
    })),
  );
  const { findings } = await examineTenant(healthy.reader(), healthy.expected);
  connections.splice(0, extra.length);
  clients.splice(1, extra.length);
  expect(findings).toEqual([]);
});

it('holds no secret, whatever is found', async () => {
  await options('acme-entra', { ext_access_token: false, dpop_signing_alg: 'ES256', client_id: 'other' })(
    healthy,
  );
  await options('github', { client_id: undefined })(healthy);
  await healthy.api('PATCH', `/log-streams/${healthy.ids.stream}`, { status: 'paused' });
  const examination = await examineTenant(healthy.reader(), {
    ...healthy.expected,
    relayClient: { name: 'none' },
  });
  await healthy.api('PATCH', `/log-streams/${healthy.ids.stream}`, { status: 'active' });
  await options('acme-entra')(healthy);
  await options('github')(healthy);
  expect(examination.findings.length).toBeGreaterThan(4);
  expect(JSON.stringify(examination)).not.toContain(canary);
});

it('goes on without what the token’s scopes do not open, and names the scope', async () => {
  const reader = await makeReader(healthy, ['read:resource_servers']);
  const { findings, passed, notMade } = await examineTenant(reader, healthy.expected);
  expect(findings).toEqual([]);
  expect(passed).toEqual(
    expect.arrayContaining(['relay_api_rbac_off', 'issuer_not_accepted', 'clock_differs']),
  );
  const scopes = new Map(notMade.map(({ check, missingScope }) => [check, missingScope]));
  expect(scopes.get('relay_client_missing')).toBe('read:clients');
  expect(scopes.get('role_missing')).toBe('read:roles');
  expect(scopes.get('action_missing')).toBe('read:actions');
  expect(scopes.get('log_stream_missing')).toBe('read:log_streams');
  expect(scopes.get('connection_developer_keys')).toBe('read:connections');
  expect(scopes.get('custom_domain_not_accepted')).toBe('read:custom_domains');
  expect(passed.length + notMade.length).toBe(allTenantChecks.length);
});

it('goes on without what the tenant refuses though the scope is granted', async () => {
  healthy.tenant.faults.add('management', { pathPrefix: '/api/v2/custom-domains', status: 403 });
  healthy.tenant.faults.add('management', { pathPrefix: '/api/v2/log-streams', status: 404 });
  const { findings, notMade } = await examineTenant(healthy.reader(), healthy.expected);
  healthy.tenant.faults.clear();
  expect(findings).toEqual([]);
  expect(notMade).toContainEqual({
    check: 'custom_domain_not_accepted',
    reason: 'the tenant refuses it, which its plan may be the reason for',
  });
  expect(notMade).toContainEqual({
    check: 'log_stream_missing',
    reason: 'the tenant does not offer /log-streams',
  });
});

it('needs no operators’ file for all the rest, and looks at every connection that gives tokens', async () => {
  const { configuration: _without, ...expected } = healthy.expected;
  const { findings, notMade } = await examineTenant(healthy.reader(), expected);
  expect(notMade.map(({ check }) => check)).toEqual(
    allTenantChecks.filter(({ needs }) => needs.includes('configuration')).map(({ code }) => code),
  );
  expect(notMade[0]?.reason).toBe('it needs the operators’ file: say which one it is');
  // The samples that no rule speaks of.
  expect(findings.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
    'connection_offline_access_not_asked windowslive',
  ]);
});

it('does not make checks that compare with what is not known, and says why', async () => {
  const { production: _production, dashboard, action, ...known } = healthy.expected;
  const { stamp: _stamp, ...withoutStamp } = action ?? { name: '', trigger: '', secrets: [] };
  const { urls: _urls, ...withoutUrls } = dashboard ?? { client: { name: '' } };
  const expected = { ...known, action: withoutStamp, dashboard: withoutUrls };
  const { findings, passed, notMade } = await examineTenant(healthy.reader(), expected);
  expect(findings).toEqual([]);
  expect(notMade.map(({ check }) => check)).toEqual([
    'dashboard_callback_missing',
    'dashboard_logout_url_missing',
    'dashboard_web_origin_missing',
    'dashboard_url_insecure',
    'action_not_current',
  ]);
  for (const { reason } of notMade) expect(reason).toContain('npm run tenant:doctor compares');
  expect(passed.length + notMade.length).toBe(allTenantChecks.length);
  const { notMade: withoutDashboard } = await examineTenant(healthy.reader(), known);
  expect(withoutDashboard).toContainEqual({
    check: 'dashboard_client_missing',
    reason: 'the relay serves no dashboard (DASHBOARD_CLIENT_ID is not set)',
  });
});

it('knows clients by their ids where it has them, whatever they are called', async () => {
  const { relay, dashboard } = healthy.ids;
  const expected = {
    ...healthy.expected,
    relayClient: { name: 'renamed', clientId: relay },
    dashboard: { client: { name: 'renamed', clientId: dashboard } },
  };
  expect((await examineTenant(healthy.reader(), expected)).findings).toEqual([]);
  const others = { ...expected, relayClient: { name: 'IdP Relay API', clientId: 'gone' } };
  const [finding] = (await examineTenant(healthy.reader(), others)).findings;
  expect(finding).toMatchObject({
    code: 'relay_client_missing',
    evidence: expect.stringMatching(/^0 of \d+ clients have the id gone$/) as unknown,
  });
});

it('asks for the narrowest scopes, and none that opens a secret or a user', async () => {
  expect(scopesForTenant()).toEqual([
    'read:actions',
    'read:client_grants',
    'read:clients',
    'read:connections',
    'read:custom_domains',
    'read:log_streams',
    'read:resource_servers',
    'read:role_members',
    'read:roles',
  ]);
  const reader = await makeReader(healthy, scopesForTenant());
  expect((await examineTenant(reader, healthy.expected)).notMade).toEqual([]);
});

it('fails as a whole when the tenant does not answer', async () => {
  healthy.tenant.faults.add('management', { status: 503 });
  await expect(examineTenant(healthy.reader(), healthy.expected)).rejects.toMatchObject({
    code: 'management_unavailable',
  });
  healthy.tenant.faults.clear();
});
