// Measures the relay against what it could be compared with. `npm run bench`; see README.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from './bench-error.ts';
import { parseBenchOptions, type BenchOptions } from './bench-options.ts';
import { CpuProfile, mostSelfTime } from './core/cpu-profile.ts';
import { fillIn } from './core/fill-in.ts';
import { goalsTable, judge } from './core/goals.ts';
import { reachedGoals } from './core/reached.ts';
import { standingOf, standingsTable } from './core/standing.ts';
import { startGround } from './ground/ground.ts';
import { describeRun, machineFacts } from './machine-facts.ts';
import { measure, profileRelay, type Measured } from './measurements/measure.ts';

const quickExtent = { rounds: 2, calls: 1_280, warmUpCalls: 6_144, warmCalls: 2_016 };
const fullExtent = { rounds: 5, calls: 6_400, warmUpCalls: 24_576, warmCalls: 10_016 };
const readme = join(import.meta.dirname, '..', 'README.md');
const profiledFunctions = 15;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => void process.stderr.write(`${line} …\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  await bench(parseBenchOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function bench(options: BenchOptions): Promise<void> {
  const facts = machineFacts();
  progress('Starting the tenant and the IdP');
  const ground = await startGround();
  try {
    if (options.profile !== undefined) {
      progress('Profiling the relay');
      await profileRelay(ground, options.profile);
      printProfile(options.profile);
      return;
    }
    const { database: databaseUrl, quick } = options;
    const extent = {
      ...(quick ? quickExtent : fullExtent),
      ...(databaseUrl !== undefined && { databaseUrl }),
    };
    const measured = await measure(ground, extent, progress);
    report(measured, describeRun({ ...facts, quick, onPostgres: databaseUrl !== undefined }), options);
    if (options.json !== undefined) {
      const goals = reachedGoals(measured).map((goal) => ({ ...goal, met: judge(goal) }));
      const results = { facts, quick, goals, measured };
      writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
    }
  } finally {
    await ground.close();
  }
}

function report(measured: Measured, machine: string, { writeReadme }: BenchOptions): void {
  const [bare] = measured.runs;
  if (bare === undefined) throw new BenchError('Nothing was measured.');
  const standings = standingsTable(measured.runs.map((run) => standingOf(run, bare)));
  const text = `${machine}\n\n${goalsTable(reachedGoals(measured))}\n\n${standings}`;
  print(`\n${text}`);
  if (writeReadme) writeFileSync(readme, fillIn(readFileSync(readme, 'utf8'), text));
}

function printProfile(folder: string): void {
  const [newest] = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .sort()
    .reverse();
  if (newest === undefined) throw new BenchError(`The relay wrote no profile to ${folder}.`);
  const file = join(folder, newest);
  const profile = CpuProfile.parse(JSON.parse(readFileSync(file, 'utf8')));
  for (const { where, share } of mostSelfTime(profile, profiledFunctions))
    print(`${(share * 100).toFixed(1).padStart(5)} %  ${where}`);
  print(`\nThe whole profile, for the developer tools of a browser: ${file}`);
}
