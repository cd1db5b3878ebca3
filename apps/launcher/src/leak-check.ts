import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canary } from '@idp-relay/local-tenant';
import { getDriveTokens } from './drive-tokens.ts';
import { startInstallation, type Installation } from './installation.ts';
import { findChromium } from '../browser/chromium.ts';
import { driveBrowser } from '../browser/drive-browser.ts';
import { coverageGaps } from './leak-coverage.ts';
import { driveRoutes } from './leak-drive.ts';
import { driveErrors } from './leak-heap.ts';
import { findLeaks, type Artifact } from './leak-search.ts';
import { localPaths } from './local-paths.ts';
import { localPorts } from './local-ports.ts';
import { welcome } from './welcome.ts';
import { readWrittenFiles } from './written-files.ts';

// Ports of its own, so that it runs beside `npm start`.
const portOffset = 12_000;
const { api: port, metrics: metricsPort } = localPorts(portOffset + 1);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printed: string[] = [];
const deployOutput: string[] = [];

// Begun anew, or there would be nothing to provision and the deploy CLI would print nothing.
rmSync(localPaths(portOffset).folder, { recursive: true, force: true });
try {
  const installation = await startInstallation({
    portOffset,
    onProgress: (line) => {
      printed.push(line);
      print(line);
    },
    onDeployOutput: (line) => deployOutput.push(line),
  });
  try {
    process.exitCode = (await isClean(installation)) ? 0 : 1;
  } finally {
    await installation.close();
  }
} catch (error) {
  print(error instanceof Error ? error.message : 'The check could not be made.');
  process.exitCode = 1;
}

/** Drives everything, searches all that came of it, and says what was found. */
async function isClean(installation: Installation): Promise<boolean> {
  const tokens = await getDriveTokens(installation);
  const routes = await driveRoutes(installation, tokens);
  print('Provoking errors');
  const errors = await driveErrors(installation, tokens, { port, metricsPort });
  const answers = [...routes, ...errors.answers];
  const problems: unknown = await (await fetch(`${installation.api.origin}/problems`)).json();
  const received = findChromium() === undefined ? [] : await driveBrowser(installation.api.origin);
  const files = readWrittenFiles(installation);
  const outputs: Artifact[] = [
    { source: 'what the launcher printed', text: [...printed, welcome(installation, portOffset)].join('\n') },
    { source: 'what the deploy CLI printed', text: deployOutput.join('\n') },
    ...errors.outputs,
  ];
  const artifacts = [...answers, ...received, ...files, ...outputs];
  const leaks = findLeaks(artifacts, canary);
  for (const { source, form } of leaks) print(`LEAK: a secret (${form}) in ${source}`);
  print(
    `${answers.length} answers, ${received.length} of a browser, ${files.length} files and ${outputs.length} outputs searched: ${leaks.length} leaks`,
  );
  if (received.length === 0)
    print('The dashboard was not searched: no Chromium is on the PATH or named in CHROMIUM.');
  const log = readFileSync(join(installation.paths.folder, 'leak-api.log'), 'latin1');
  const complaints = [...findComplaints(artifacts), ...coverageGaps({ answers, log, problems })];
  for (const complaint of complaints) print(`The search proves nothing: ${complaint}`);
  return leaks.length === 0 && complaints.length === 0;
}

/** Why a search that found nothing would prove nothing. */
function findComplaints(artifacts: readonly Artifact[]): string[] {
  const planted: Artifact = { source: 'planted', text: `{"token":"gho_${canary}"}` };
  const isFound = findLeaks([...artifacts, planted], canary).some(({ source }) => source === planted.source);
  return [
    ...(isFound ? [] : ['it did not find the secret that was planted.']),
    ...(deployOutput.length === 0 ? ['the deploy CLI printed nothing.'] : []),
  ];
}
