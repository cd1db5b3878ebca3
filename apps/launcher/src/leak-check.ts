import { canary } from '@idp-relay/local-tenant';
import { getDriveTokens } from './drive-tokens.ts';
import { startInstallation } from './installation.ts';
import { findChromium } from '../browser/chromium.ts';
import { driveBrowser } from '../browser/drive-browser.ts';
import { driveRoutes, readWrittenFiles } from './leak-drive.ts';
import { findLeaks } from './leak-search.ts';

// Ports of its own, so that it runs beside `npm start`.
const portOffset = 12_000;

const installation = await startInstallation({
  portOffset,
  onProgress: (line) => process.stdout.write(`${line}\n`),
});
try {
  const answers = await driveRoutes(installation, await getDriveTokens(installation));
  const files = readWrittenFiles(installation);
  const received = findChromium() === undefined ? [] : await driveBrowser(installation.api.origin);
  const leaks = findLeaks([...answers, ...received, ...files], canary);
  for (const { source, form } of leaks) process.stdout.write(`LEAK: a secret (${form}) in ${source}\n`);
  process.stdout.write(
    `${answers.length} answers, ${received.length} of a browser, and ${files.length} files searched: ${leaks.length} leaks\n`,
  );
  if (received.length === 0)
    process.stdout.write(
      'The dashboard was not searched: no Chromium is on the PATH or named in CHROMIUM.\n',
    );
  process.exitCode = leaks.length === 0 && answers.length > 0 ? 0 : 1;
} finally {
  await installation.close();
}
