import type { Measured } from '../measurements/measure.ts';
import type { RunName } from '../measurements/throughput.ts';
import type { Goal } from './goals.ts';
import { standingOf, type Standing } from './standing.ts';

/** The relay's goals, with what was measured of each. */
export function reachedGoals(measured: Measured): Goal[] {
  const against = (name: RunName, yardstick: RunName): Standing | undefined => {
    const [run, other] = [name, yardstick].map((wanted) =>
      measured.runs.find((each) => each.name === wanted),
    );
    return run && other && standingOf(run, other);
  };
  const { newUsers, ownTime, twoProcesses } = measured;
  const ratio = { better: 'more', unit: 'x' } as const;
  const fewest = { better: 'less', unit: '' } as const;
  const memory = { better: 'less', unit: ' MB' } as const;
  const time = { better: 'less', unit: ' ms' } as const;
  return [
    {
      what: 'Throughput against bare, hot users',
      measured: against('relay, hot users', 'bare')?.throughputRatio,
      ...ratio,
      atLeast: 1,
      aim: 1.15,
    },
    {
      what: 'Throughput against bare, 1,000 users',
      measured: against('relay, 1,000 users', 'bare')?.throughputRatio,
      ...ratio,
      atLeast: 1,
      aim: 1.15,
    },
    {
      what: 'CPU a call against bare, 1,000 users',
      measured: against('relay, 1,000 users', 'bare')?.cpuRatio,
      better: 'less',
      unit: 'x',
      atLeast: 1,
      aim: 0.85,
    },
    {
      what: 'Throughput against bare, first-seen tokens',
      measured: against('relay, first-seen tokens', 'bare')?.throughputRatio,
      ...ratio,
      atLeast: 0.65,
      aim: 0.75,
    },
    {
      what: 'Throughput against bare + log line',
      measured: against('relay, 1,000 users', 'bare + log line')?.throughputRatio,
      ...ratio,
      atLeast: 1,
      aim: 1.1,
    },
    {
      what: 'Throughput against the guide’s three calls',
      measured: against('relay, 1,000 users', 'the guide’s three calls')?.throughputRatio,
      ...ratio,
      atLeast: 80,
      aim: 115,
    },
    {
      what: `Management API requests for ${measured.warmUsers.calls.toLocaleString('en')} calls of 1,000 warm users`,
      measured: measured.warmUsers.requests,
      ...fewest,
      atLeast: 0,
      aim: 0,
    },
    {
      what: 'Management API requests for concurrent first calls of one user',
      measured: measured.readsOfConcurrentFirstCalls,
      ...fewest,
      atLeast: 1,
      aim: 1,
    },
    {
      what: '100 new users, Management API limited: failed calls',
      measured: newUsers.failedCalls,
      ...fewest,
      atLeast: 0,
      aim: 0,
    },
    {
      what: '100 new users, Management API limited: 429s caused',
      measured: newUsers.tooManyRequests,
      ...fewest,
      atLeast: 5,
      aim: 0,
    },
    {
      what: 'Memory: 50 streams of 10 MB at once',
      measured: measured.growthByStreams,
      ...memory,
      atLeast: 40,
      aim: 20,
    },
    {
      what: 'Memory: 200 slow readers',
      measured: measured.growthBySlowReaders,
      ...memory,
      atLeast: 10,
      aim: 5,
    },
    {
      what: 'Throughput of two relays on one Postgres against one',
      measured: twoProcesses?.throughputRatio,
      ...ratio,
      atLeast: 1,
      aim: 1,
    },
    {
      what: 'Requests to renew one ended token, by two relays on one Postgres',
      measured: twoProcesses?.renewalsForEachExpiry,
      ...fewest,
      atLeast: 1,
      aim: 1,
    },
    { what: 'The relay’s own time, p50', measured: ownTime?.p50, ...time },
    { what: 'The relay’s own time, p99', measured: ownTime?.p99, ...time },
  ];
}
