import { dashboardBody, dashboardUrl, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { dashboardClientChecks } from './dashboard-client.ts';

const patch =
  (fields: Record<string, unknown>) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/clients/${ids.dashboard}`, fields);
    return undefined;
  };
const { name } = dashboardBody;

testFindings(dashboardClientChecks, [
  {
    code: 'dashboard_client_missing',
    subject: name,
    evidence: '0 of',
    fix: 'Run npm run tenant:deploy',
    break: patch({ name: 'Renamed' }),
    mend: patch({ name }),
  },
  {
    code: 'dashboard_client_type_wrong',
    subject: name,
    evidence: 'app_type: regular_web, token_endpoint_auth_method: client_secret_post',
    fix: 'app_type: spa',
    break: patch({ app_type: 'regular_web', token_endpoint_auth_method: 'client_secret_post' }),
    mend: patch({ app_type: 'spa', token_endpoint_auth_method: 'none' }),
  },
  {
    code: 'dashboard_grant_types_wrong',
    when: 'one too few',
    subject: name,
    evidence: 'grant_types: authorization_code',
    fix: '[authorization_code, refresh_token]',
    break: patch({ grant_types: ['authorization_code'] }),
    mend: patch({ grant_types: ['authorization_code', 'refresh_token'] }),
  },
  {
    code: 'dashboard_grant_types_wrong',
    when: 'one too many',
    subject: name,
    evidence: 'implicit',
    fix: '[authorization_code, refresh_token]',
    break: patch({ grant_types: ['authorization_code', 'refresh_token', 'implicit'] }),
    mend: patch({ grant_types: ['authorization_code', 'refresh_token'] }),
  },
  {
    code: 'dashboard_callback_missing',
    subject: name,
    evidence: `lacking: ${dashboardUrl}`,
    fix: 'DASHBOARD_URLS',
    break: patch({ callbacks: ['https://elsewhere.test'] }),
    mend: patch({ callbacks: [dashboardUrl] }),
  },
  {
    code: 'dashboard_logout_url_missing',
    subject: name,
    evidence: `allowed_logout_urls: none; lacking: ${dashboardUrl}`,
    fix: 'DASHBOARD_URLS',
    break: patch({ allowed_logout_urls: [] }),
    mend: patch({ allowed_logout_urls: [dashboardUrl] }),
  },
  {
    code: 'dashboard_web_origin_missing',
    subject: name,
    evidence: `web_origins: none; lacking: ${dashboardUrl}`,
    fix: 'DASHBOARD_URLS',
    break: patch({ web_origins: [] }),
    mend: patch({ web_origins: [dashboardUrl] }),
  },
  {
    code: 'dashboard_refresh_rotation_off',
    subject: name,
    evidence: 'rotation_type: non-rotating',
    fix: 'rotation_type: rotating',
    break: patch({ refresh_token: { rotation_type: 'non-rotating' } }),
    mend: patch({ refresh_token: { rotation_type: 'rotating' } }),
  },
  {
    code: 'dashboard_url_insecure',
    subject: name,
    evidence: 'http://localhost:3000 (this machine), http://dashboard.test',
    fix: 'https addresses alone',
    break: patch({ callbacks: [dashboardUrl, 'http://localhost:3000', 'http://dashboard.test'] }),
    mend: patch({ callbacks: [dashboardUrl] }),
  },
  {
    code: 'dashboard_url_insecure',
    when: 'where the environment was wrongly marked as production',
    subject: name,
    evidence: 'http://localhost:3000 (this machine)',
    fix: 'https addresses alone',
    break: patch({ callbacks: [dashboardUrl, 'http://localhost:3000'] }),
    mend: () => ({ expected: { production: false } }),
    restore: patch({ callbacks: [dashboardUrl] }),
  },
  {
    code: 'dashboard_url_wildcard',
    subject: name,
    evidence: 'https://*.dashboard.test',
    fix: 'whole addresses',
    break: patch({ web_origins: [dashboardUrl, 'https://*.dashboard.test'] }),
    mend: patch({ web_origins: [dashboardUrl] }),
  },
]);
