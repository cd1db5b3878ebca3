import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** No Chromium was found to drive. */
export class ChromiumMissingError extends Error {
  /** Stable; branch on this. */
  readonly code = 'chromium_missing';
  constructor() {
    super(
      'No Chromium was found. Install it (Debian: apt-get install chromium), or name its executable in CHROMIUM.',
    );
    this.name = 'ChromiumMissingError';
  }
}

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The executable that `CHROMIUM` names, or the first that the `PATH` has. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM !== undefined) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/**
 * Starts Chromium without a window.
 * @throws ChromiumMissingError
 */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new ChromiumMissingError();
  // Chromium's own sandbox does not work for root, which is who runs in containers.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: ['--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
