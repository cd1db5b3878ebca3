import type { BudgetEvent } from '@idp-relay/idp-tokens';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Measures how requests to the Management API fare with its rate limit. */
export function measureBudget(registry: Registry): (event: BudgetEvent) => void {
  const waits = new Histogram({
    name: 'idp_relay_management_wait_seconds',
    help: 'Time that a request to the Management API waited for its turn',
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 15],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'idp_relay_management_rate_limited_total',
    help: 'Answers of the Management API that refused a request for its rate limit (429)',
    registers: [registry],
  });
  return (event) => {
    if (event.kind === 'waited') waits.observe(event.milliseconds / 1000);
    else refusals.inc();
  };
}
