import { expect, it } from 'vitest';
import { ReadHorizons } from './read-horizons.ts';

const now = 1_790_000_000_000;
const change = { userId: 'a', what: 'profile' as const, changedAt: now };

it('puts what was read before a change out of date, of that user and of that kind', () => {
  const horizons = new ReadHorizons(10);
  horizons.move(change, now + 10);
  expect(horizons.ofProfile('a')).toBe(now + 10);
  expect(horizons.ofVerdicts('a')).toBe(0);
  expect(horizons.ofProfile('b')).toBe(0);
});

it('is not moved by a change that comes late, twice or out of order', () => {
  const horizons = new ReadHorizons(10);
  horizons.move(change, now + 10);
  horizons.move({ ...change, changedAt: now - 60_000 }, now + 20);
  expect(horizons.ofProfile('a')).toBe(now + 10);
  horizons.move(change, now + 600_000);
  // Read since: a change of ten minutes ago, with all that clocks may differ by, is in there.
  expect(horizons.ofProfile('a')).toBe(now + 5_000);
});

it('takes what a process with a slow clock tells for what it is: just now', () => {
  const horizons = new ReadHorizons(10);
  horizons.move({ ...change, what: 'verdicts', changedAt: now - 60_000 }, now);
  expect(horizons.ofVerdicts('a')).toBe(now);
});

it('is never moved into the future by a clock that is ahead', () => {
  const horizons = new ReadHorizons(10);
  horizons.move({ ...change, changedAt: now + 3_600_000 }, now);
  expect(horizons.ofProfile('a')).toBe(now);
});

it('puts all verdicts out of date where changes may have been missed, and no profile', () => {
  const horizons = new ReadHorizons(10);
  horizons.moveAll(now);
  expect(horizons.ofVerdicts('a')).toBe(now);
  expect(horizons.ofProfile('a')).toBe(0);
});
