import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@idp-relay/idp-tokens';
import { canary } from '@idp-relay/local-tenant';
import { scopesForTenant } from '@idp-relay/tenant-doctor';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { audience, startTestRelay, type TestRelay } from '../../test/test-relay.ts';
import type { Config } from '../config.ts';

const clientSecret = `${canary}-of-the-doctors-client`;
const Examination = z.object({
  examined_at: z.iso.datetime(),
  kept_until: z.iso.datetime(),
  counts: z.record(z.string(), z.number()),
  findings: z.array(
    z.object({ code: z.string(), severity: z.string(), subject: z.string(), fix: z.string() }),
  ),
  not_made: z.array(
    z.object({ check: z.string(), reason: z.string(), missing_scope: z.string().optional() }),
  ),
});

/** A relay with a client that may read the tenant's settings, and keeps nothing unless it is told to. */
async function startExaminedRelay(
  doctor: Partial<NonNullable<Config['doctor']>> = {},
  scope: readonly string[] = scopesForTenant(),
  config: Partial<Config> = {},
) {
  const relay = await startTestRelay({
    doctor: { clientId: 'doctorClient', clientSecret: new Secret(clientSecret), lifetimeMs: 0, ...doctor },
    ...config,
  });
  const { state } = relay.tenant.database;
  state.clients.push({
    client_id: 'doctorClient',
    name: 'IdP Relay Doctor',
    app_type: 'non_interactive',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    client_secret: clientSecret,
  });
  const grant = {
    id: 'grantOfTheDoctor',
    client_id: 'doctorClient',
    audience: `https://${relay.tenant.domain}/api/v2/`,
    scope: [...scope],
  };
  state.clientGrants.push(grant);
  const operator = await relay.userToken('operator');
  const examine = async () => {
    const response = await relay.call('/v1/tenant/doctor', operator);
    const text = await response.text();
    expect(text).not.toContain(canary);
    expect(response.status).toBe(200);
    return Examination.parse(JSON.parse(text));
  };
  return { relay, grant, examine, operator };
}

const relayApi = ({ tenant }: TestRelay) => {
  const api = tenant.database.state.resourceServers.find(({ identifier }) => identifier === audience);
  if (api === undefined) throw new Error('the tenant has no API of the relay');
  return api;
};
const codes = ({ findings }: z.infer<typeof Examination>): readonly string[] =>
  findings.map(({ code }) => code);

describe('the examination of the tenant', { timeout: 20_000 }, () => {
  it('has a finding while the tenant is broken, and none once it is mended', async () => {
    const { relay, examine } = await startExaminedRelay();
    const before = await examine();
    expect(codes(before)).not.toContain('relay_api_rbac_off');
    relayApi(relay).enforce_policies = false;
    const broken = await examine();
    expect(broken.findings).toContainEqual({
      code: 'relay_api_rbac_off',
      severity: 'error',
      subject: audience,
      fix: 'Run npm run tenant:deploy -- --env NAME: tenant.yaml has enforce_policies: true.',
    });
    expect(broken.counts.errors).toBe((before.counts.errors ?? 0) + 1);
    relayApi(relay).enforce_policies = true;
    expect(codes(await examine())).toEqual(codes(before));
  });

  it('goes by the relay’s own settings: its client’s id, its operators’ file, its notices', async () => {
    const { relay, examine } = await startExaminedRelay();
    const { state } = relay.tenant.database;
    const { findings } = await examine();
    const before = findings.map(({ code }) => code);
    const noGithub = expect.objectContaining({ code: 'connection_missing', subject: 'github' }) as unknown;
    // It is called otherwise in this tenant.
    expect(before).not.toContain('relay_client_missing');
    expect(before).toContain('action_missing');
    expect(findings).not.toContainEqual(noGithub);
    state.connections = state.connections.filter(({ name }) => name !== 'github');
    expect((await examine()).findings).toContainEqual(noGithub);
    const quiet = await startExaminedRelay({}, scopesForTenant(), { notices: {} });
    expect(codes(await quiet.examine())).not.toContain('action_missing');
  });

  it('says which checks it cannot make, and why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const page of ['index.html', 'signed-in.html'])
      writeFileSync(join(folder, page), '<!doctype html><head></head>');
    const { examine } = await startExaminedRelay({}, scopesForTenant(), {
      dashboard: { clientId: 'dashboardClient', folder },
    });
    const { not_made: notMade, counts } = await examine();
    expect(notMade.map(({ check }) => check)).toEqual([
      'dashboard_callback_missing',
      'dashboard_logout_url_missing',
      'dashboard_web_origin_missing',
      'dashboard_url_insecure',
      'action_not_current',
    ]);
    for (const { reason, missing_scope: scope } of notMade) {
      expect(reason).toContain('npm run tenant:doctor');
      expect(scope).toBeUndefined();
    }
    expect(counts.not_made).toBe(5);
  });

  it('names the scope that its client lacks, and looks anew once that is granted', async () => {
    const without = scopesForTenant().filter((scope) => scope !== 'read:roles');
    const { grant, examine } = await startExaminedRelay({}, without);
    const { not_made: notMade } = await examine();
    expect(notMade.find(({ check }) => check === 'role_missing')?.missing_scope).toBe('read:roles');
    grant.scope.push('read:roles');
    expect((await examine()).not_made.map(({ check }) => check)).not.toContain('role_missing');
  });

  it('is made once for all who ask, and answered again for a while', async () => {
    const { relay, examine } = await startExaminedRelay({ lifetimeMs: 60_000 });
    const reads = (): number => relay.tenant.faults.count('management', { method: 'GET' });
    relay.tenant.faults.resetCounts();
    const all = await Promise.all(Array.from({ length: 5 }, examine));
    const made = reads();
    expect(new Set(all.map(({ examined_at: at }) => at)).size).toBe(1);
    relayApi(relay).enforce_policies = false;
    expect(await examine()).toEqual(all[0]);
    expect(reads()).toBe(made);
    const [{ examined_at: at, kept_until: until } = { examined_at: '', kept_until: '' }] = all;
    expect(Date.parse(until) - Date.parse(at)).toBeGreaterThanOrEqual(60_000);
  });

  it('shares the budget of the Management API with calls', async () => {
    const { relay, examine, operator } = await startExaminedRelay();
    const limit = async (): Promise<unknown> =>
      z
        .object({ rate_limit: z.object({ limit: z.number().optional() }) })
        .parse(await (await relay.call('/v1/tenant', operator)).json()).rate_limit.limit;
    expect(await limit()).toBeUndefined();
    await examine();
    expect(await limit()).toBeGreaterThan(0);
  });
});

describe('where the tenant is not examined', () => {
  it('says how to configure it', async () => {
    const relay = await startTestRelay();
    const response = await relay.call('/v1/tenant/doctor', await relay.userToken('operator'));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'doctor_not_configured',
      detail: expect.stringMatching(/"doctor": true.*DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET/) as unknown,
    });
  });

  it('is for operators alone', async () => {
    const { relay } = await startExaminedRelay();
    expect((await relay.call('/v1/tenant/doctor')).status).toBe(401);
    const response = await relay.call('/v1/tenant/doctor', await relay.userToken('ada'));
    expect(await response.json()).toMatchObject({ code: 'permission_missing' });
  });

  it('names the settings of a client that Auth0 refuses, and not the relay’s own', async () => {
    const { relay, operator } = await startExaminedRelay({ clientSecret: new Secret(`${canary}-wrong`) });
    const response = await relay.call('/v1/tenant/doctor', operator);
    expect(response.status).toBe(502);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'management_credentials_refused' });
    expect(text).toContain('Check DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET');
    expect(text).not.toContain('AUTH0_CLIENT_ID');
    expect(text + relay.log.join('')).not.toContain(canary);
  });

  it('fails as a whole when Auth0 does not answer, and not for long', async () => {
    const { relay, operator, examine } = await startExaminedRelay({ lifetimeMs: 60_000 });
    relay.tenant.faults.add('management', { status: 503 });
    const response = await relay.call('/v1/tenant/doctor', operator);
    expect(await response.json()).toMatchObject({ code: 'management_unavailable' });
    relay.tenant.faults.clear();
    expect(codes(await examine())).toContain('action_missing');
  });
});
