import { observedBetween, quantileOf, readHistogram, type Histogram } from '../core/histogram.ts';
import type { Relay } from '../contenders/relay.ts';
import type { Ground } from '../ground/ground.ts';
import { driveWithoutFailure } from './drive.ts';

/** The time that a call spends in the relay, without the IdP's, in milliseconds. */
export interface OwnTime {
  readonly p50: number;
  readonly p99: number;
}

const metric = 'idp_relay_own_time_seconds';
const calls = 2_000;

/**
 * From the relay's own histogram, by calls of warm users one after the other.
 * @returns undefined: the relay has no such histogram
 * @throws BenchError when a call fails
 */
export async function measureOwnTime(ground: Ground, relay: Relay): Promise<OwnTime | undefined> {
  if ((await read(relay)) === undefined) return undefined;
  const tokens = await ground.accessTokens.sign(ground.warmUsers.slice(0, 100));
  await driveWithoutFailure(relay, { tokens, calls, connections: 1 });
  const before = await read(relay);
  await driveWithoutFailure(relay, { tokens, calls, connections: 1 });
  const after = await read(relay);
  if (after === undefined) return undefined;
  const observed = observedBetween(before, after);
  return { p50: quantileOf(observed, 0.5) * 1000, p99: quantileOf(observed, 0.99) * 1000 };
}

async function read({ metricsUrl }: Relay): Promise<Histogram | undefined> {
  return readHistogram(await (await fetch(metricsUrl)).text(), metric);
}
