import type { RenewalEvent } from '@idp-relay/idp-tokens';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Counts renewals by their result, and measures how long calls waited for a renewal that another process was at. */
export function measureRenewals(registry: Registry): (event: RenewalEvent) => void {
  const renewals = new Counter({
    name: 'idp_relay_renewals_total',
    help: 'Uses of refresh tokens by connection and result: renewed, or why not',
    labelNames: ['connection', 'result'],
    registers: [registry],
  });
  const waits = new Histogram({
    name: 'idp_relay_renewal_wait_seconds',
    help: 'Time that a call waited for a renewal by another process',
    labelNames: ['connection'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return (event) => {
    const { connection } = event;
    if (event.kind === 'waited') waits.observe({ connection }, event.milliseconds / 1000);
    else renewals.inc({ connection, result: event.kind === 'renewed' ? 'renewed' : event.reason });
  };
}
