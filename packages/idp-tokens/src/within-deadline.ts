import type { Clock } from './clock.ts';

/**
 * A caller leaves at its own deadline; what it waited for goes on for those who can wait longer.
 * @param deadline milliseconds since the epoch
 * @param onTimeUp gives what the caller gets then, or throws it
 */
export async function withinDeadline<Value, Late>(
  result: Promise<Value>,
  deadline: number,
  clock: Clock,
  onTimeUp: () => Late,
): Promise<Value | Late> {
  const arrived = new AbortController();
  const timeUp = clock.sleep(Math.max(0, deadline - clock.now()), arrived.signal).then(onTimeUp);
  try {
    return await Promise.race([result, timeUp]);
  } finally {
    arrived.abort();
    // Both promises may still reject after the race is over, and nobody is left to hear it.
    timeUp.catch(() => undefined);
    result.catch(() => undefined);
  }
}
