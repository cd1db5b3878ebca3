// Runs on any Node from 20.19, before there is a package: nothing but Node's own modules.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pnpm = 'pnpm@10.34.9';

/**
 * One more try within a second, for a connection that broke, and no long waits: somebody without a network should know it
 * at once. What the person has set counts more.
 */
const network = {
  npm_config_fetch_retries: '1',
  npm_config_fetch_retry_mintimeout: '500',
  npm_config_fetch_retry_maxtimeout: '1000',
  npm_config_fetch_timeout: '15000',
};

/** What an installer's output says of the cause, the surest first. */
const causes = [
  [/ENOSPC/, () => 'The disk is full. Make room and try again.'],
  [/EACCES|EPERM|EROFS/, (output, root) => notWritable(pathIn(output) ?? root)],
  [
    /FROZEN_LOCKFILE|OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH/,
    () => 'pnpm-lock.yaml does not fit the package.json files. Take both from the same commit.',
  ],
  [
    /SELF_SIGNED|UNABLE_TO_|CERT_|self.signed certificate/i,
    () =>
      'The npm registry’s certificate is not trusted here. Name your network’s authority in NODE_EXTRA_CA_CERTS and try again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|TIMEOUT|socket hang up|network request/i,
    () => 'The npm registry cannot be reached. Connect to the network, or set npm’s proxy, and try again.',
  ],
  [
    /E40[13]|FETCH_40[13]|40[13] (?:Unauthorized|Forbidden)/i,
    () => 'The npm registry refuses this machine. Check the registry and the credentials in your .npmrc.',
  ],
  [
    /E404|FETCH_404|ETARGET|notarget/,
    () => 'The npm registry lacks a package. Check the registry in your .npmrc.',
  ],
  [/INTEGRITY/, () => 'A package is not what pnpm-lock.yaml says. Check the registry in your .npmrc.'],
];

/**
 * Installs what the lockfile says, unless that was done already.
 * @throws Error whose message is one line for the person, and the end of the output where the cause is not known
 */
export function install(root) {
  const mark = join(root, 'node_modules', '.installed');
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  for (const folder of [root, join(root, 'node_modules'), join(root, '.data')]) requireWritable(folder);
  const log = join(root, '.data', 'install.log');
  mkdirSync(join(root, '.data'), { recursive: true });
  process.stderr.write('Installing the packages that pnpm-lock.yaml names (a minute, the first time) …\n');
  const output = openSync(log, 'w');
  const installed = spawnSync('npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: root,
    env: { ...network, ...process.env },
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  });
  if (installed.error?.code === 'ENOENT') throw new Error('npx was not found. Install npm and try again.');
  if (installed.status !== 0) throw new Error(explain(readFileSync(log, 'utf8'), root, log));
  writeFileSync(mark, wanted);
}

function requireWritable(folder) {
  if (!existsSync(folder)) return;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Error(notWritable(folder));
  }
}

function notWritable(path) {
  return `You may not write to ${path}. Give yourself the right to, or take a copy of your own, and try again.`;
}

/** The path that the system complained of. */
function pathIn(output) {
  return /(?:EACCES|EPERM|EROFS)[^\n]*?'([^'\n]+)'/.exec(output)?.[1];
}

function explain(output, root, log) {
  const known = causes.find(([pattern]) => pattern.test(output));
  if (known !== undefined) return `${known[1](output, root)} Details: ${log}`;
  const end = output.trimEnd().split('\n').slice(-10).join('\n');
  return `The packages could not be installed. Details: ${log}, which ends with\n${end}`;
}
