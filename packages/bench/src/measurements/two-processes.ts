import { startRelay } from '../contenders/relay.ts';
import { median } from '../core/statistics.ts';
import type { Ground } from '../ground/ground.ts';
import { driveWithoutFailure, type Load } from './drive.ts';

const connections = 32;
const rounds = 3;

/**
 * How many calls two relays on one Postgres answer in the time in which one of them does, as a ratio. Where driver, IdP and
 * relays share few cores, the second relay has none to itself.
 * @param calls of each round; a multiple of 64
 * @throws BenchError when a relay cannot be started, or fails a call
 */
export async function measureTwoProcesses(
  ground: Ground,
  databaseUrl: string,
  calls: number,
): Promise<number> {
  const first = await startRelay(ground, { databaseUrl });
  const second = await startRelay(ground, { databaseUrl });
  const tokens = await ground.accessTokens.sign(ground.warmUsers);
  const whole: Load = { tokens, calls, connections };
  const half: Load = { tokens, calls: calls / 2, connections: connections / 2 };
  for (const relay of [first, second]) await driveWithoutFailure(relay, whole);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const alone = await driveWithoutFailure(first, whole);
    const together = await Promise.all([first, second].map((relay) => driveWithoutFailure(relay, half)));
    ratios.push(alone.seconds / Math.max(...together.map(({ seconds }) => seconds)));
  }
  await Promise.all([first.stop(), second.stop()]);
  return median(ratios);
}
