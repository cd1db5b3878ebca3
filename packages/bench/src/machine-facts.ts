import { availableParallelism, cpus, loadavg } from 'node:os';

/** What a measurement was made on. */
export interface MachineFacts {
  readonly cores: number;
  readonly processor: string;
  readonly platform: string;
  readonly node: string;
  /** ISO 8601 date. */
  readonly date: string;
  /** How busy the machine was before the benchmark began: processes that ran or waited, over a minute. */
  readonly loadBefore: number;
}

/** The facts of this machine, now. */
export function machineFacts(): MachineFacts {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** How the benchmark was run, and on what. */
export interface RunFacts extends MachineFacts {
  readonly quick: boolean;
  /** The relay stood on a Postgres, not on its embedded database. */
  readonly onPostgres: boolean;
}

/** The facts in a sentence. */
export function describeRun(facts: RunFacts): string {
  const { cores, processor, platform, node, date, loadBefore, quick, onPostgres } = facts;
  const extent = quick ? 'by `--quick`' : 'in full';
  const database = onPostgres ? 'on Postgres (`--database`)' : 'on the embedded database';
  return (
    `${date}, Node ${node}, ${platform}, ${cores} cores (${processor}), ${extent}, ${database}; ` +
    `load of the machine before: ${loadBefore}.`
  );
}
