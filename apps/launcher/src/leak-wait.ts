import { setTimeout } from 'node:timers/promises';

const longestWaitMs = 30_000;

/**
 * Asks ten times a second until the answer is yes.
 * @throws Error when it is not after half a minute
 */
export async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + longestWaitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('What the drive waits for does not come.');
    await setTimeout(100);
  }
}
