import { canary, type LocalTenant } from '@idp-relay/local-tenant';
import type { Environment } from '../src/index.ts';

const categories = ['auth.login.success', 'auth.signup.success', 'user.success', 'management.success'];

/** Puts the log stream to the relay into a tenant, as a deployment would leave it. */
export function putLogStream(
  { database: { state } }: LocalTenant,
  { log_stream: settings }: Environment,
): void {
  state.logStreams.push({
    id: 'lst_relay',
    name: 'IdP Relay',
    type: 'http',
    status: 'active',
    sink: {
      httpEndpoint: `${settings?.relay_url ?? ''}/v1/notices/log-events`,
      httpContentType: 'application/json',
      httpContentFormat: 'JSONARRAY',
      httpAuthorization: `Bearer ${canary}-of-the-stream`,
    },
    filters: categories.map((name) => ({ type: 'category', name })),
  });
}
