import { rmSync } from 'node:fs';
import { canary } from '@idp-relay/local-tenant';
import { getDriveTokens } from './drive-tokens.ts';
import { startInstallation, type Installation } from './installation.ts';
import { findChromium } from '../browser/chromium.ts';
import { driveBrowser } from '../browser/drive-browser.ts';
import { missingStatuses } from './leak-coverage.ts';
import { driveRoutes } from './leak-drive.ts';
import { findLeaks, type Artifact } from './leak-search.ts';
import { localPaths } from './local-paths.ts';
import { welcome } from './welcome.ts';
import { readWrittenFiles } from './written-files.ts';

// Ports of its own, so that it runs beside `npm start`.
const portOffset = 12_000;
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
  const answers = await driveRoutes(installation, await getDriveTokens(installation));
  const received = findChromium() === undefined ? [] : await driveBrowser(installation.api.origin);
  const files = readWrittenFiles(installation);
  const outputs: Artifact[] = [
    { source: 'what the launcher printed', text: [...printed, welcome(installation, portOffset)].join('\n') },
    { source: 'what the deploy CLI printed', text: deployOutput.join('\n') },
  ];
  const artifacts = [...answers, ...received, ...files, ...outputs];
  const leaks = findLeaks(artifacts, canary);
  for (const { source, form } of leaks) print(`LEAK: a secret (${form}) in ${source}`);
  print(
    `${answers.length} answers, ${received.length} of a browser, ${files.length} files and ${outputs.length} outputs searched: ${leaks.length} leaks`,
  );
  if (received.length === 0)
    print('The dashboard was not searched: no Chromium is on the PATH or named in CHROMIUM.');
  const complaints = findComplaints(artifacts, answers);
  for (const complaint of complaints) print(`The search proves nothing: ${complaint}`);
  return leaks.length === 0 && complaints.length === 0;
}

/** Why a search that found nothing would prove nothing. */
function findComplaints(artifacts: readonly Artifact[], answers: readonly Artifact[]): string[] {
  const planted: Artifact = { source: 'planted', text: `{"token":"gho_${canary}"}` };
  const isFound = findLeaks([...artifacts, planted], canary).some(({ source }) => source === planted.source);
  const missing = missingStatuses(answers);
  return [
    ...(isFound ? [] : ['it did not find the secret that was planted.']),
    ...(missing.length === 0 ? [] : [`no answer had the status ${missing.join(', ')}.`]),
    ...(deployOutput.length === 0 ? ['the deploy CLI printed nothing.'] : []),
  ];
}
