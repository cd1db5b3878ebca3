import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';

const destination = join(import.meta.dirname, 'log-destination.ts');

/** A program that writes a line and then does something else. */
function write(then: string) {
  const program = `const { openLogDestination } = await import(${JSON.stringify(destination)});
    openLogDestination().write('{"msg":"a line"}\\n'); ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it('a line that waits for others is written at the end of the process', async () => {
  expect(await text(write('process.exit(1)').stdout)).toBe('{"msg":"a line"}\n');
});

it('a line is written though no other one follows', async () => {
  const written = once(write('setInterval(() => undefined, 60_000)').stdout, 'data');
  expect(String(await written)).toBe('{"msg":"a line"}\n');
});
