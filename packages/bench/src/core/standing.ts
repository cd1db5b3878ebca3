import type { Driven } from '../measurements/drive.ts';
import { show, table } from './goals.ts';
import { median, medianRatio } from './statistics.ts';

/** One contender under one kind of traffic, round by round. */
export interface RunRounds {
  readonly name: string;
  readonly rounds: readonly Driven[];
}

/** Where a run stands. */
export interface Standing {
  readonly name: string;
  /** Median of the rounds. */
  readonly callsPerSecond: number;
  /** CPU of the contender alone, median of the rounds, in microseconds; undefined where the machine does not say. */
  readonly cpuMicrosPerCall: number | undefined;
  /** Against the yardstick in the same round, median of the rounds. */
  readonly throughputRatio: number | undefined;
  readonly cpuRatio: number | undefined;
}

/** How a run stands against another one. */
export function standingOf(run: RunRounds, yardstick: RunRounds): Standing {
  const cpu = run.rounds.flatMap((round) => cpuPerCall(round) ?? []);
  return {
    name: run.name,
    callsPerSecond: median(run.rounds.map(throughput)),
    cpuMicrosPerCall: cpu.length === 0 ? undefined : median(cpu) * 1e6,
    throughputRatio: medianRatio(run.rounds.map(throughput), yardstick.rounds.map(throughput)),
    cpuRatio: medianRatio(run.rounds.map(cpuPerCall), yardstick.rounds.map(cpuPerCall)),
  };
}

/** All contenders, as a table in Markdown. */
export function standingsTable(standings: readonly Standing[]): string {
  return table([
    ['contender', 'calls a second', 'CPU a call', 'throughput against bare', 'CPU against bare'],
    ...standings.map(({ name, callsPerSecond, cpuMicrosPerCall, throughputRatio, cpuRatio }) => [
      name,
      callsPerSecond.toFixed(0),
      show(cpuMicrosPerCall === undefined ? undefined : Math.round(cpuMicrosPerCall), ' µs'),
      show(throughputRatio, 'x'),
      show(cpuRatio, 'x'),
    ]),
  ]);
}

function throughput({ calls, seconds }: Driven): number {
  return calls / seconds;
}

function cpuPerCall({ calls, cpuSeconds }: Driven): number | undefined {
  return cpuSeconds === undefined ? undefined : cpuSeconds / calls;
}
