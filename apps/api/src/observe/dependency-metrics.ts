import type { ManagementApi } from '@idp-relay/idp-tokens';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';

/** Gauges of what the relay depends on: the Management API's rate limit, the process itself. */
export function measureDependencies(
  registry: Registry,
  { management }: { readonly management: ManagementApi },
): void {
  collectDefaultMetrics({ register: registry, prefix: 'idp_relay_' });
  new Gauge({
    name: 'idp_relay_management_rate_limit_remaining',
    help: 'Requests that the Management API said are left',
    registers: [registry],
    collect() {
      const { remaining } = management.budget.snapshot();
      if (remaining !== undefined) this.set(remaining);
    },
  });
  new Gauge({
    name: 'idp_relay_management_requests_waiting',
    help: 'Requests to the Management API that wait for their turn in this process',
    registers: [registry],
    collect() {
      this.set(management.budget.queued);
    },
  });
}
