import { expect, describe, it } from 'vitest';
import { runDeployCommand } from './deploy-command.ts';
import { DeployError, type LocalTarget } from './index.ts';

const notHere = (): Promise<LocalTarget> =>
  Promise.reject(new DeployError('local_tenant_missing', 'not here'));
const run = async (argv: readonly string[]): Promise<{ code: number; output: string }> => {
  let output = '';
  const print = (text: string): string => (output += text);
  return { code: await runDeployCommand(argv, { variables: {}, print, findLocalTenant: notHere }), output };
};

describe('the command', () => {
  it('helps, and refuses what it does not know', async () => {
    expect(await run(['--help'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('--env NAME') as unknown,
    });
    expect((await run(['--frobnicate'])).code).toBe(2);
    expect((await run(['--env', 'nowhere'])).output).toContain(
      'There is no tenant/environments/nowhere.json',
    );
  });
  it('touches no production environment unless told twice', async () => {
    const { code, output } = await run(['--env', 'production']);
    expect(code).toBe(2);
    expect(output).toContain('say --yes');
    expect((await run(['--env', 'production', '--yes'])).output).toContain('AUTH0_DEPLOY_CLIENT_ID');
  });
  it.each([[['--env', 'development']], [['--env=development']]])(
    '%j: says which credentials it lacks, and that it could not look',
    async (argv) => {
      const { code, output } = await run(argv);
      expect(code).toBe(2);
      expect(output).toContain('AUTH0_DEPLOY_CLIENT_ID');
    },
  );
  it.each([[[]], [['--env', 'local']], [['--env=local']]])(
    '%j: means the tenant on this machine, which may not be there',
    async (argv) => {
      expect(await run(argv)).toEqual({ code: 2, output: 'not here\n' });
    },
  );
  it('says in JSON too why it did nothing', async () => {
    const { code, output } = await run(['--env', 'production', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(output)).toEqual({
      error: { code: 'confirmation_needed', message: expect.stringContaining('say --yes') as unknown },
    });
  });
  it('moves the ports of the tenant on this machine alone', async () => {
    const { code, output } = await run(['--env', 'development', '--port-offset', '1000']);
    expect(code).toBe(2);
    expect(output).toContain('--port-offset goes with the local tenant alone');
  });
});
