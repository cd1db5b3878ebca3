import { rivals, startRival, type Rival } from '../contenders/start-contender.ts';
import type { Child } from '../processes/child.ts';
import { startRelay } from '../contenders/relay.ts';
import type { Ground } from '../ground/ground.ts';
import { driveWithoutFailure, type Driven } from './drive.ts';

/** How long a measurement of throughput takes. */
export interface Rounds {
  readonly rounds: number;
  /** Calls of each run in each round; a multiple of the connections. */
  readonly calls: number;
  /**
   * Calls that each contender answers before anything counts: V8 takes some ten thousand to compile what is hot. A multiple of
   * the connections.
   */
  readonly warmUpCalls: number;
  /** An empty Postgres for the relay; left out: it has an embedded database, which costs each call some tenth more. */
  readonly databaseUrl?: string;
}

/** Who calls: a few users again and again, a thousand in turn, or each call with a token that was never seen before. */
type Traffic = 'hot' | 'users' | 'first-seen';

/** A contender under one kind of traffic. */
interface Run {
  readonly name: string;
  readonly contender: Rival | 'relay';
  readonly traffic: Traffic;
}

/** What a run came to, round by round. */
export interface RunResult {
  readonly name: RunName;
  readonly rounds: readonly Driven[];
}

/** Auth0's latencies in milliseconds, as the guide's calls meet them. */
const tokenEndpointMs = 80;
const userReadMs = 60;
const connections = 32;
/** A round of the guide, which takes 140 ms a call at the least. */
const guideCalls = 5 * connections;
/** Before each measurement a contender answers this share of its calls, which counts for nothing: one in so many. */
const wakingShare = 5;
/**
 * No profile is read again while this goes on. A contender answers a small part of the time: of profiles that are used for a
 * minute, each round would read most again, where a relay that is busy all the time reads one for thousands of calls.
 */
const profileLifetimeMs = 3_600_000;
/** Tokens of the hot users: one for each connection. */
const hotUsers = connections;

const runs = [
  { name: 'bare', contender: 'bare', traffic: 'users' },
  { name: 'bare + log line', contender: 'bare-log', traffic: 'users' },
  { name: 'bare + @fastify/jwt, hot users', contender: 'bare-jwt', traffic: 'hot' },
  { name: 'bare + @fastify/jwt, 1,000 users', contender: 'bare-jwt', traffic: 'users' },
  { name: 'bare + @fastify/jwt, first-seen tokens', contender: 'bare-jwt', traffic: 'first-seen' },
  { name: 'bare + @fastify/jwt + log line, 1,000 users', contender: 'bare-jwt-log', traffic: 'users' },
  { name: 'the guide’s three calls', contender: 'guide', traffic: 'users' },
  { name: 'relay, hot users', contender: 'relay', traffic: 'hot' },
  { name: 'relay, 1,000 users', contender: 'relay', traffic: 'users' },
  { name: 'relay, first-seen tokens', contender: 'relay', traffic: 'first-seen' },
] as const satisfies readonly Run[];
/** Name of a run, for people. */
export type RunName = (typeof runs)[number]['name'];

/**
 * Measures all runs in rounds, each round in another order: the machine is never the same for long.
 * @throws BenchError when a contender cannot be started, or fails a call
 */
export async function measureThroughput(
  ground: Ground,
  { rounds, calls, warmUpCalls, databaseUrl }: Rounds,
  onProgress: (line: string) => void,
): Promise<RunResult[]> {
  const relay = await startRelay(ground, {
    profileLifetimeMs,
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
  const started = await Promise.all(rivals.map((name) => startRival(name, ground)));
  const contenderOf = (name: string): Child => started.find((child) => child.name === name) ?? relay;
  await ground.tenant.delay('authentication', '/oauth/token', tokenEndpointMs);
  await ground.tenant.delay('management', '/api/v2/users/', userReadMs);
  const users = await ground.accessTokens.sign(ground.warmUsers);
  const hot = users.slice(0, hotUsers);
  const tokensOf = { hot, users };
  const results = new Map<RunName, Driven[]>(runs.map(({ name }) => [name, []]));
  onProgress('Warming up');
  for (const contender of [relay, ...started]) {
    const warmingUp = contender.name === 'guide' ? guideCalls : warmUpCalls;
    await driveWithoutFailure(contender, { tokens: users, calls: warmingUp, connections });
  }
  for (let round = 0; round <= rounds; round += 1) {
    if (round > 0) onProgress(`Round ${round} of ${rounds}`);
    const unseen = await ground.accessTokens.sign(
      Array.from({ length: calls }, (_, index) => ground.warmUsers[index % ground.warmUsers.length] ?? ''),
    );
    for (const { name, contender, traffic } of [...runs.slice(round), ...runs.slice(0, round)]) {
      const child = contenderOf(contender);
      const measuredCalls = contender === 'guide' ? guideCalls : calls;
      // While the others ran, its caches went cold, and V8 threw code away that idled.
      await driveWithoutFailure(child, { tokens: users, calls: measuredCalls / wakingShare, connections });
      const driven = await driveWithoutFailure(child, {
        tokens: traffic === 'first-seen' ? unseen : tokensOf[traffic],
        calls: measuredCalls,
        connections,
      });
      // The first round is for caches.
      if (round > 0) results.get(name)?.push(driven);
    }
  }
  await ground.tenant.endDelays();
  await Promise.all([relay, ...started].map((child) => child.stop()));
  return [...results].map(([name, driven]) => ({ name, rounds: driven }));
}
