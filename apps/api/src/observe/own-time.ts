import { Histogram, type Registry } from 'prom-client';

/**
 * Measures what the relay adds to a call: from the request to the moment when its answer goes out, without the time that the
 * IdP took.
 * @returns takes milliseconds
 */
export function measureOwnTime(registry: Registry): (milliseconds: number) => void {
  const ownTime = new Histogram({
    name: 'idp_relay_own_time_seconds',
    help: 'Time of relayed calls until the answer goes out, without the time that the IdP took',
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return (milliseconds) => ownTime.observe(Math.max(0, milliseconds) / 1000);
}
