import { expect, it } from 'vitest';
import { goalsTable, judge, type Goal } from './goals.ts';

const throughput = { what: 'Throughput', atLeast: 1, aim: 1.15, better: 'more', unit: 'x' } as const;
const memory = { what: 'Memory', atLeast: 40, aim: 20, better: 'less', unit: ' MB' } as const;

it.each<[Goal, string]>([
  [{ ...throughput, measured: 1.2 }, 'aim'],
  [{ ...throughput, measured: 1 }, 'at least'],
  [{ ...throughput, measured: 0.99 }, 'no'],
  [{ ...memory, measured: 20 }, 'aim'],
  [{ ...memory, measured: 39 }, 'at least'],
  [{ ...memory, measured: 41 }, 'no'],
  [{ ...memory, measured: undefined }, 'not judged'],
  [{ ...memory, measured: Number.NaN }, 'not judged'],
  [{ what: 'Time', measured: 3, better: 'less', unit: ' ms' }, 'not judged'],
])('%o: %s', (goal, met) => {
  expect(judge(goal)).toBe(met);
});

it('the table shows what could not be measured by a dash', () => {
  const table = goalsTable([
    { ...throughput, measured: 1.048 },
    { ...memory, measured: undefined },
  ]);
  expect(table.split('\n')).toEqual([
    '| what       | measured | at least | aim   | met      |',
    '| ---------- | -------- | -------- | ----- | -------- |',
    '| Throughput | 1.05x    | 1x       | 1.15x | at least |',
    '| Memory     | –        | 40 MB    | 20 MB | –        |',
  ]);
});
