// The one script that must run on any Node from 20.19: it installs the pinned toolchain, then hands over to it.
// Plain JavaScript, and nothing but Node's own modules: there is nothing else yet.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { install } from './install.mjs';

const root = join(import.meta.dirname, '..', '..');

const [command = '', ...parameters] = process.argv.slice(2);
const source = (name) => join('apps', 'launcher', 'src', name);
const commands = {
  start: () => {
    buildDashboard();
    return runNode([source('start.ts'), ...parameters]);
  },
  build: () => {
    buildDashboard();
    process.stdout.write(
      `Ready. Start the API by: ${pinnedNode()} --env-file=FILE ${join('apps', 'api', 'src', 'server.ts')}\n`,
    );
    return 0;
  },
  test: () =>
    run('turbo', [
      'run',
      'test',
      // Tests mostly wait for processes and servers: two packages at a time fill two cores.
      '--concurrency=2',
      // Else a failure in one package kills the tests of all others, and leaves the servers behind that those had started.
      '--continue=dependencies-successful',
      '--output-logs=full',
      '--log-order=grouped',
      ...parameters,
    ]),
  'test:browser': () => {
    buildDashboard();
    return run('pnpm', ['--filter', '@idp-relay/launcher', 'run', 'test:browser', ...parameters]);
  },
  token: () => runNode([source('token.ts'), ...parameters]),
  'tenant:plan': () => runNode([source('tenant-plan.ts'), ...parameters]),
  'tenant:deploy': () => runNode([source('tenant-deploy.ts'), ...parameters]),
  'tenant:doctor': () => runNode([source('tenant-doctor.ts'), ...parameters]),
  'tenant:export': () => runNode([source('tenant-export.ts'), ...parameters]),
  'leak-check': () => {
    buildDashboard();
    return runNode([source('leak-check.ts'), ...parameters]);
  },
  bench: () => runNode([join('packages', 'bench', 'src', 'bench.ts'), ...parameters]),
};

if (!Object.hasOwn(commands, command))
  fail(`Unknown command "${command}". There are: ${Object.keys(commands).join(', ')}.`);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
try {
  install(root);
} catch (error) {
  fail(error.message);
}
process.exitCode = await commands[command]();

/** The Node that everything else runs on: this one if it is new enough, else the one from the lockfile. */
function pinnedNode() {
  if (major >= 24) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return fail(
      `There is no pinned Node 24 for this machine (${name}). Install Node 24 or newer and try again.`,
    );
  }
}

function runNode(args) {
  return runToItsEnd(pinnedNode(), args, process.env);
}

/** The API serves what Vite made. Nothing is built where nothing changed: turbo remembers. */
function buildDashboard() {
  process.stderr.write('Building the dashboard …\n');
  const built = spawnSync(binary('turbo'), ['run', 'build', '--filter=@idp-relay/admin', '--ui=stream'], {
    cwd: root,
    env: toolchainEnvironment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) fail(`The dashboard could not be built:\n${built.stdout}${built.stderr}`);
}

function run(name, args) {
  return runToItsEnd(binary(name), args, toolchainEnvironment());
}

function binary(name) {
  return join(root, 'node_modules', '.bin', name);
}

/** Programs that these start find the pinned Node, and each other, first. */
function toolchainEnvironment() {
  const path = [dirname(pinnedNode()), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path };
}

/** Runs a program to its end, hands signals on to it, and gives its exit code. */
function runToItsEnd(program, args, env) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  // The commands for a tenant say 1 of what they found there, and 2 of having looked at nothing.
  process.exit(command.startsWith('tenant:') ? 2 : 1);
}
