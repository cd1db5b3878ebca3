import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { samplePeople, sampleUserId } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRelay, type StartedRelay } from '../test/start-relay.ts';

let relay: StartedRelay;
beforeAll(async () => {
  relay = await startRelay();
}, 30_000);
afterAll(() => relay.stop());

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly complaint: string;
}

/** Runs the command as a person would. */
function run(parameters: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const command = spawn(
    process.execPath,
    [join(import.meta.dirname, 'list-repositories.ts'), ...parameters],
    { env: { PATH: process.env.PATH, ...relay.settings, ...settings } },
  );
  let output = '';
  let complaint = '';
  command.stdout.on('data', (chunk) => (output += String(chunk)));
  command.stderr.on('data', (chunk) => (complaint += String(chunk)));
  return new Promise((resolve) =>
    command.once('close', (exitCode) => resolve({ exitCode, output, complaint })),
  );
}

function userIdOf(handle: string): string {
  const person = samplePeople.find((candidate) => candidate.handle === handle);
  if (person === undefined) throw new Error(`There is no sample person ${handle}.`);
  return sampleUserId(person);
}

it('prints a table of the user’s repositories', async () => {
  expect(await run([userIdOf('ada')])).toEqual({
    exitCode: 0,
    output: [
      'REPOSITORY             VISIBILITY',
      'ada/analytical-engine  public',
      'ada/notes              private',
      'ada/dotfiles           public',
      '',
    ].join('\n'),
    complaint: '',
  });
});

describe('a refusal is explained', () => {
  it.each([
    ['a token that GitHub refuses', 'linus', 'idp_token_revoked', 'Let the user sign in again'],
    ['a user without that connection', 'grace', 'connection_not_linked', 'Let them sign in through it once'],
    ['a blocked user', 'mallory', 'user_blocked', 'Unblock the user'],
    ['several identities', 'dennis', 'identity_ambiguous', 'Name the identity as the second argument'],
  ])('%s', async (_name, handle, code, advice) => {
    const { exitCode, output, complaint } = await run([userIdOf(handle)]);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(complaint).toContain(`The relay refused the call: ${code}.`);
    expect(complaint).toContain(advice);
    expect(complaint).toMatch(/^Request: \S+$/m);
  });

  it('with the link that mends it, for the user', async () => {
    // The first call may be the one that finds the token dead.
    await run([userIdOf('linus')]);
    const { complaint } = await run([userIdOf('linus')]);
    expect(complaint).toMatch(/for the user: https:\S+\/authorize\?\S*connection=github/);
  });

  it('GitHub’s own', async () => {
    const { exitCode, complaint } = await run([userIdOf('barbara')]);
    expect(exitCode).toBe(1);
    expect(complaint).toContain('GitHub answered with status 403: Resource not accessible');
  });

  it('Auth0’s', async () => {
    const { exitCode, complaint } = await run([userIdOf('ada')], { RELAY_AUDIENCE: 'https://another.test' });
    expect(exitCode).toBe(1);
    expect(complaint).toContain('Auth0 gave no access token: access_denied.');
  });
});

describe('what may pass has an exit code of its own', () => {
  it('the relay’s rate limit at Auth0, with the time to wait', async () => {
    relay.tenant.faults.add('management', { status: 429, headers: { 'retry-after': '16' }, times: 1 });
    // Nobody has asked for Frances yet: her profile is not in the relay's memory.
    const { exitCode, complaint } = await run([userIdOf('frances')]);
    expect(exitCode).toBe(3);
    expect(complaint).toContain('management_rate_limited');
    expect(complaint).toMatch(/Try again in 1\d s\./);
  });

  it('GitHub in trouble', async () => {
    relay.tenant.faults.add('idps', { status: 503, times: 1 });
    const { exitCode, complaint } = await run([userIdOf('ada')]);
    expect(exitCode).toBe(3);
    expect(complaint).toContain('GitHub answered with status 503');
  });

  it('a relay that does not answer', async () => {
    const { exitCode, complaint } = await run([userIdOf('ada')], { RELAY_ORIGIN: 'http://127.0.0.1:9' });
    expect(exitCode).toBe(3);
    expect(complaint).toBe('Auth0 or the relay does not answer.\n');
  });
});

it('chooses among several identities', async () => {
  const { exitCode, output } = await run([userIdOf('dennis'), '19710311']);
  expect(exitCode).toBe(0);
  expect(output).toContain('dennis-2/notes');
});

it('wrong use is told, without any value of a setting', async () => {
  const without = await run([]);
  expect(without.exitCode).toBe(2);
  expect(without.complaint).toContain('Usage:');
  const settings = {
    SAMPLE_BACKEND_CLIENT_ID: '',
    TENANT_ORIGIN: 'no-url',
    RELAY_ORIGIN: 'https://relay.test/with/path',
  };
  const { exitCode, complaint } = await run(['github|1'], settings);
  expect(exitCode).toBe(2);
  expect(complaint).toContain('SAMPLE_BACKEND_CLIENT_ID is empty');
  expect(complaint).toContain('RELAY_ORIGIN must be an origin such as https://example.com');
  expect(complaint).toContain('TENANT_ORIGIN must be an origin');
  expect(complaint).not.toMatch(/relay\.test|no-url/);
});
