/** Where the time comes from; tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A moment as Auth0 writes it in users and resources (ISO 8601, milliseconds, UTC). */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
