import { expect, it } from 'vitest';
import { median, medianRatio } from './statistics.ts';

it('the median is the middle one, or the mean of the two in the middle', () => {
  expect(median([10, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 100])).toBe(3);
  expect(median([])).toBeNaN();
});

it('a ratio is of one round, so that a round in which the machine is slow changes nothing', () => {
  expect(medianRatio([100, 10, 50], [50, 5, 100])).toBe(2);
});

it('a round counts only where both were measured', () => {
  expect(medianRatio([1, undefined, 8, 3], [1, 1, 2, 0])).toBe(2.5);
  expect(medianRatio([undefined], [1])).toBeUndefined();
});
