import type { Child } from '../processes/child.ts';
import type { Ground } from '../ground/ground.ts';
import { drive, driveWithoutFailure } from './drive.ts';

const connections = 32;
/** Each of a thousand users once; a multiple of the connections. */
const warmingCalls = 1_024;
const concurrentFirstCalls = 96;
const newUserCount = 100;

/** What came of users whom the relay had not met before, with a limit on the Management API. */
export interface NewUsers {
  readonly failedCalls: number;
  /** Requests that the Management API answered by 429. */
  readonly tooManyRequests: number;
}

/**
 * Management API requests for calls of 1,000 users whom the relay has just met.
 * @param calls how many; a multiple of 32
 * @throws BenchError when a call fails
 */
export async function readsOfWarmUsers(
  { tenant, accessTokens, warmUsers }: Ground,
  relay: Child,
  calls: number,
): Promise<number> {
  const tokens = await accessTokens.sign(warmUsers);
  await driveWithoutFailure(relay, { tokens, calls: warmingCalls, connections });
  await tenant.forgetRequests();
  await driveWithoutFailure(relay, { tokens, calls, connections });
  return tenant.managementRequests();
}

/**
 * Management API requests for many first calls of one user at the same time.
 * @throws BenchError when a call fails
 */
export async function readsOfConcurrentFirstCalls(ground: Ground, relay: Child): Promise<number> {
  const tokens = await ground.accessTokens.sign(ground.takeNewUsers(1));
  await ground.tenant.forgetRequests();
  await driveWithoutFailure(relay, {
    tokens,
    calls: concurrentFirstCalls,
    connections: concurrentFirstCalls,
  });
  return ground.tenant.managementRequests();
}

/**
 * A hundred new users at once against a Management API with the limit of Auth0's production tenants: 16 requests a second,
 * after 50 at once. A user's profile takes one request, so every request beyond the users served was refused.
 */
export async function meetNewUsers(ground: Ground, relay: Child): Promise<NewUsers> {
  const tokens = await ground.accessTokens.sign(ground.takeNewUsers(newUserCount));
  await ground.tenant.setPlan('enterprise-production');
  await ground.tenant.forgetRequests();
  const { calls, failures } = await drive(relay, { tokens, calls: newUserCount, connections: newUserCount });
  const requests = await ground.tenant.managementRequests();
  await ground.tenant.setPlan('unlimited');
  return { failedCalls: failures, tooManyRequests: Math.max(0, requests - (calls - failures)) };
}
