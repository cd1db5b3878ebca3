import { describe, expect, it } from 'vitest';
import { manage, managementToken, startTestTenant } from '../../test/requests.ts';

const sink = { httpEndpoint: 'http://localhost:9/logs', httpAuthorization: 'Bearer cAnArY' };

describe('a log stream', () => {
  it('is made, changed and deleted, each under its own scope', async () => {
    const tenant = await startTestTenant();
    const allScopes = ['read', 'create', 'update', 'delete'].map((verb) => `${verb}:log_streams`);
    const ask = async (method: string, path: string, body?: unknown, scopes = allScopes) =>
      manage(tenant, await managementToken(tenant, scopes), path, {
        method,
        ...(body !== undefined && { body }),
      });
    const made = await ask('POST', '/log-streams', { name: 'hook', type: 'http', sink });
    expect(made).toMatchObject({ status: 200, body: { name: 'hook', status: 'active', sink } });
    const path = `/log-streams/${String(made.body.id)}`;
    const paused = await ask('PATCH', path, { status: 'paused' });
    expect(paused).toMatchObject({ status: 200, body: { status: 'paused', sink } });
    expect((await ask('GET', '/log-streams')).json).toEqual([paused.json]);
    for (const [method, place, scope] of [
      ['POST', '/log-streams', 'create:log_streams'],
      ['GET', path, 'read:log_streams'],
      ['PATCH', path, 'update:log_streams'],
      ['DELETE', path, 'delete:log_streams'],
    ] as const) {
      const others = allScopes.filter((other) => other !== scope);
      const refused = await ask(method, place, undefined, others);
      expect(refused.body.message).toBe(`Insufficient scope, expected any of: ${scope}`);
    }
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).body).toMatchObject({ errorCode: 'inexistent_log_stream' });
  });

  it.each([
    ['another type', { type: 'datadog', sink }, /http alone/],
    [
      'a sink elsewhere without TLS',
      { type: 'http', sink: { httpEndpoint: 'http://hooks.example' } },
      /https/,
    ],
    ['a category that is none', { type: 'http', sink, filters: [{ type: 'category', name: 'x' }] }, /one of/],
    ['what it would not do', { type: 'http', sink, pii_config: { log_fields: ['email'] } }, /pii_config/],
  ])('is refused: %s', async (_what, body, message) => {
    const tenant = await startTestTenant();
    const token = await managementToken(tenant);
    const refused = await manage(tenant, token, '/log-streams', { method: 'POST', body });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
    expect(refused.body.message).toMatch(message);
  });
});
