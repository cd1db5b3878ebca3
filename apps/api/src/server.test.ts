import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRelayProcesses, type RelayProcesses } from '../test/relay-processes.ts';
import { configurationText } from '../test/test-relay.ts';

let processes: RelayProcesses;
beforeAll(async () => {
  processes = await startRelayProcesses({
    configuration: configurationText,
    environment: (tenant) => ({
      IDPS: tenant.origins.idpsHttps,
      GOOGLE_SECRET: 'unused',
      BITBUCKET_SECRET: 'unused',
    }),
  });
}, 60_000);
afterAll(() => processes.close());

it('ends in order when it is asked to, and says so', { timeout: 60_000 }, async () => {
  const relay = await processes.start();
  relay.signal('SIGTERM');
  const { code, printed } = await relay.ended;
  expect(code).toBe(0);
  expect(printed).toMatch(/"signal":"SIGTERM".*"msg":"asked to end"/);
});

it('says where a fault is that nothing caught, and not what it was about', { timeout: 60_000 }, async () => {
  const fault = `process.on('SIGWINCH', function stumble() { Promise.reject(new TypeError('cAnArY')); })`;
  const relay = await processes.start({
    NODE_OPTIONS: `--import=data:text/javascript;base64,${btoa(fault)}`,
  });
  relay.signal('SIGWINCH');
  const { code, printed } = await relay.ended;
  expect(code).toBe(1);
  expect(printed).toMatch(/"fault":{"name":"TypeError","stack":".*stumble.*"}.*a fault that nothing caught/);
  expect(printed).not.toContain('cAnArY');
});
