import { expect, it } from 'vitest';
import { standingOf, standingsTable, type RunRounds } from './standing.ts';

const round = (calls: number, seconds: number, cpuSeconds?: number) => ({
  calls,
  failures: 0,
  statuses: {},
  seconds,
  cpuSeconds,
});
const bare: RunRounds = { name: 'bare', rounds: [round(1000, 1, 0.1), round(1000, 4, 0.1)] };

it('compares rounds with rounds, call by call', () => {
  const relay: RunRounds = { name: 'relay', rounds: [round(500, 1, 0.1), round(500, 4, 0.1)] };
  expect(standingOf(relay, bare)).toEqual({
    name: 'relay',
    callsPerSecond: 312.5,
    cpuMicrosPerCall: 200,
    throughputRatio: 0.5,
    cpuRatio: 2,
  });
});

it('leaves CPU out where the machine does not say', () => {
  const unknown: RunRounds = { name: 'elsewhere', rounds: [round(500, 1)] };
  const standing = standingOf(unknown, bare);
  expect(standing.cpuRatio).toBeUndefined();
  expect(standingsTable([standing]).split('\n').at(-1)).toMatch(
    /^\| elsewhere \| 500 +\| – +\| 0.50x +\| – +\|$/,
  );
});
