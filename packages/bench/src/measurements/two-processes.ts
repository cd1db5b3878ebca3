import { startRelay } from '../contenders/relay.ts';
import { median } from '../core/statistics.ts';
import type { Ground } from '../ground/ground.ts';
import { renewalPath } from '../ground/bench-tenant.ts';
import type { Child } from '../processes/child.ts';
import { driveWithoutFailure, type Load } from './drive.ts';

/** What two relays on one Postgres come to. */
export interface TwoProcesses {
  /** How many calls they answer in the time in which one of them answers one. */
  readonly throughputRatio: number;
  /** How often the IdP is asked for a new token when one has ended, and both relays are called for its user at once. */
  readonly renewalsForEachExpiry: number;
}

const connections = 32;
const rounds = 3;
/** An IdP's answer takes a while, in milliseconds: all calls are there before it is. */
const renewalMs = 500;

/**
 * Measures two relays on one Postgres. Where driver, IdP and relays share few cores, the second relay has none to itself.
 * @param calls of each round; a multiple of 64
 * @throws BenchError when a relay cannot be started, or fails a call
 */
export async function measureTwoProcesses(
  ground: Ground,
  databaseUrl: string,
  calls: number,
): Promise<TwoProcesses> {
  const relays = [
    await startRelay(ground, { databaseUrl }),
    await startRelay(ground, { databaseUrl }),
  ] as const;
  const throughputRatio = await throughputOfBoth(ground, relays, calls);
  const renewalsForEachExpiry = await renewalsOfBoth(ground, relays);
  await Promise.all(relays.map((relay) => relay.stop()));
  return { throughputRatio, renewalsForEachExpiry };
}

async function throughputOfBoth(
  ground: Ground,
  relays: readonly [Child, Child],
  calls: number,
): Promise<number> {
  const [first] = relays;
  const tokens = await ground.accessTokens.sign(ground.warmUsers);
  const whole: Load = { tokens, calls, connections };
  const half: Load = { tokens, calls: calls / 2, connections: connections / 2 };
  for (const relay of relays) await driveWithoutFailure(relay, whole);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const alone = await driveWithoutFailure(first, whole);
    const together = await Promise.all(relays.map((relay) => driveWithoutFailure(relay, half)));
    ratios.push(alone.seconds / Math.max(...together.map(({ seconds }) => seconds)));
  }
  return median(ratios);
}

/** Each relay gets many calls of each user at once. */
async function renewalsOfBoth(
  { tenant, accessTokens, endedUsers }: Ground,
  relays: readonly Child[],
): Promise<number> {
  const tokens = await accessTokens.sign(endedUsers);
  const calls = connections * endedUsers.length;
  const load: Load = { tokens, calls, connections: calls, path: '/v1/me/idp/google-oauth2/user' };
  await tenant.delay('idps', renewalPath, renewalMs);
  await tenant.forgetRequests();
  await Promise.all(relays.map((relay) => driveWithoutFailure(relay, load)));
  const requests = await tenant.renewalRequests();
  await tenant.endDelays();
  return requests / endedUsers.length;
}
