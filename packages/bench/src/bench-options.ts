import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.ts';

/** What was asked for on the command line. */
export interface BenchOptions {
  /** About a minute, with fewer and shorter rounds. */
  readonly quick: boolean;
  /** File for the results as JSON. */
  readonly json: string | undefined;
  /** Write the tables into the package's README. */
  readonly writeReadme: boolean;
  /** An empty Postgres, as DATABASE_URL has it, for the relay, and to measure two that share it. */
  readonly database: string | undefined;
  /** Folder for a CPU profile of the relay; with it nothing but the relay's calls is measured. */
  readonly profile: string | undefined;
}

/** How the command is used. */
export const usage = `npm run bench -- [--quick] [--json FILE] [--database URL] [--write-readme]
npm run bench -- --profile FOLDER`;

/**
 * Reads the command line.
 * @throws BenchError naming the option that is not known
 */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        database: { type: 'string' },
        'write-readme': { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    });
    const { quick, json, database, profile } = values;
    return { quick, json, database, writeReadme: values['write-readme'], profile };
  } catch (error) {
    throw new BenchError(`${error instanceof Error ? error.message : String(error)}\nUsage:\n${usage}`);
  }
}
