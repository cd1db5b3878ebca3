import { startRelay } from '../contenders/relay.ts';
import type { Ground } from '../ground/ground.ts';
import { driveWithoutFailure } from './drive.ts';
import {
  meetNewUsers,
  readsOfConcurrentFirstCalls,
  readsOfWarmUsers,
  type NewUsers,
} from './management-reads.ts';
import { growthByStreams, growthBySlowReaders, type Growth } from './memory.ts';
import { measureOwnTime, type OwnTime } from './own-time.ts';
import { measureTwoProcesses, type TwoProcesses } from './two-processes.ts';
import { measureThroughput, type Rounds, type RunResult } from './throughput.ts';

/** How long everything takes. */
export interface Extent extends Rounds {
  /** Calls for which requests to the Management API are counted; a multiple of 32. */
  readonly warmCalls: number;
}

/** Everything that was measured. */
export interface Measured {
  readonly runs: readonly RunResult[];
  /** Calls of 1,000 warm users, and the Management API requests that they caused. */
  readonly warmUsers: { readonly calls: number; readonly requests: number };
  /** Management API requests for concurrent first calls of one user. */
  readonly readsOfConcurrentFirstCalls: number;
  readonly newUsers: NewUsers;
  /** MB. */
  readonly growthByStreams: Growth;
  /** MB. */
  readonly growthBySlowReaders: Growth;
  readonly ownTime: OwnTime | undefined;
  /** Undefined without a Postgres. */
  readonly twoProcesses: TwoProcesses | undefined;
}

/**
 * Measures everything, one thing after the other.
 * @throws BenchError when a contender cannot be run
 */
export async function measure(
  ground: Ground,
  extent: Extent,
  onProgress: (line: string) => void,
): Promise<Measured> {
  const runs = await measureThroughput(ground, extent, onProgress);
  const relay = await startRelay(ground);
  onProgress('Counting requests to the Management API');
  const concurrent = await readsOfConcurrentFirstCalls(ground, relay);
  const requests = await readsOfWarmUsers(ground, relay, extent.warmCalls);
  onProgress('Reading the relay’s own time');
  const ownTime = await measureOwnTime(ground, relay);
  await relay.stop();
  const { databaseUrl, calls } = extent;
  if (databaseUrl !== undefined) onProgress('Starting two relays on one Postgres');
  const twoProcesses =
    databaseUrl === undefined ? undefined : await measureTwoProcesses(ground, databaseUrl, calls);
  // One that has answered little: memory that thousands of calls left behind would hide what grows.
  onProgress('Watching memory');
  const fresh = await startRelay(ground);
  const byStreams = await growthByStreams(ground, fresh);
  const bySlowReaders = await growthBySlowReaders(ground, fresh);
  // Comes last: what a relay learns of a rate limit holds up what comes after.
  onProgress('Meeting new users under a rate limit');
  const newUsers = await meetNewUsers(ground, fresh);
  await fresh.stop();
  return {
    runs,
    warmUsers: { calls: extent.warmCalls, requests },
    readsOfConcurrentFirstCalls: concurrent,
    newUsers,
    growthByStreams: byStreams,
    growthBySlowReaders: bySlowReaders,
    ownTime,
    twoProcesses,
  };
}

/**
 * Has a relay of its own answer small calls, for its CPU profile.
 * @throws BenchError when it fails one
 */
export async function profileRelay(ground: Ground, folder: string): Promise<void> {
  const relay = await startRelay(ground, { profileFolder: folder });
  const tokens = await ground.accessTokens.sign(ground.warmUsers);
  await driveWithoutFailure(relay, { tokens, calls: 32_000, connections: 32 });
  await relay.stop();
}
