import type { FastifyInstance } from 'fastify';
import { selectFields } from './paging.ts';

/** The settings that this tenant has, and that nobody can change. */
const settings = {
  friendly_name: 'Local tenant',
  default_audience: '',
  default_directory: '',
  enabled_locales: ['en'],
  sandbox_version: '22',
  sandbox_versions_available: ['22', '18', '16', '12'],
  // A new connection is enabled for no client until somebody says so.
  flags: { enable_client_connections: false },
  customize_mfa_in_postlogin_action: false,
  pushed_authorization_requests_supported: false,
};

/** `/tenants/settings`, to read alone. */
export function registerTenantSettings(app: FastifyInstance): void {
  app.get('/tenants/settings', { config: { anyScope: ['read:tenant_settings'] } }, (request) =>
    selectFields(settings, request.query),
  );
}
