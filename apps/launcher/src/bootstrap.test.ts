import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from './local-paths.ts';

const files = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'apps/launcher/bootstrap.mjs',
  'apps/launcher/install.mjs',
];
/** The superuser may write anywhere, so somebody else has to try. */
const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const somebodyHasNode = spawnSync(process.execPath, ['--version'], somebody).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  for (const file of files) cpSync(join(projectFolder, file), join(folder, file));
});
afterAll(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

/** The project as it was cloned: nothing is installed, and nothing is in npm's cache. */
const start = (who = {}) => {
  const { status, stderr } = spawnSync(process.execPath, ['apps/launcher/bootstrap.mjs', 'start'], {
    ...who,
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      npm_config_cache: join(folder, 'cache'),
      // Nobody listens there.
      npm_config_registry: 'http://127.0.0.1:9/',
    },
  });
  return { status, lines: stderr.trim().split('\n') };
};

describe('the first start', () => {
  it('says in one line that there is no network, and keeps the details', () => {
    const { status, lines } = start();
    expect(status).toBe(1);
    expect(lines).toEqual([
      expect.stringContaining('Installing the packages'),
      `The npm registry cannot be reached. Connect to the network, or set npm’s proxy, and try again. Details: ${join(folder, '.data', 'install.log')}`,
    ]);
    expect(readFileSync(join(folder, '.data', 'install.log'), 'utf8')).toContain('ECONNREFUSED');
  });
  it.skipIf(!somebodyHasNode)('says in one line that the folder may not be written', () => {
    chmodSync(folder, 0o555);
    const { status, lines } = start(somebody);
    expect(status).toBe(1);
    expect(lines).toEqual([
      `You may not write to ${folder}. Give yourself the right to, or take a copy of your own, and try again.`,
    ]);
  });
});
