import { expect, it } from 'vitest';
import { observedBetween, quantileOf, readHistogram } from './histogram.ts';

const text = `
# TYPE own_seconds histogram
own_seconds_bucket{le="0.001",route="a"} 2
own_seconds_bucket{le="0.01",route="a"} 8
own_seconds_bucket{le="+Inf",route="a"} 8
own_seconds_sum{route="a"} 1
own_seconds_bucket{route="b",le="0.001"} 0
own_seconds_bucket{route="b",le="0.01"} 1
own_seconds_bucket{route="b",le="+Inf"} 2
own_seconds_bucket_total 7
`;
const read = readHistogram(text, 'own_seconds') ?? [];

it('reads all label sets as one', () => {
  expect(read).toEqual([
    { upTo: 0.001, count: 2 },
    { upTo: 0.01, count: 9 },
    { upTo: Number.POSITIVE_INFINITY, count: 10 },
  ]);
});

it('says when there is no such metric', () => {
  expect(readHistogram(text, 'other_seconds')).toBeUndefined();
});

it('a quantile lies on the straight line through its bucket', () => {
  expect(quantileOf(read, 0.1)).toBeCloseTo(0.0005);
  expect(quantileOf(read, 0.55)).toBeCloseTo(0.001 + 0.009 / 2);
});

it('beyond the last bound there is no more to say than the bound', () => {
  expect(quantileOf(read, 1)).toBe(0.01);
});

it('what was observed before does not count', () => {
  const later = read.map(({ upTo, count }) => ({ upTo, count: count + 4 }));
  expect(quantileOf(observedBetween(read, later), 0.5)).toBeCloseTo(0.0005);
  expect(quantileOf(observedBetween(read, read), 0.5)).toBeNaN();
});
