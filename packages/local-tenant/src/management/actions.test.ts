import { ManagementClient } from 'auth0';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manage, managementToken, startTestTenant } from '../../test/requests.ts';

const trigger = { id: 'post-login', version: 'v3' } as const;
const action = {
  name: 'Claims',
  supported_triggers: [trigger],
  code: 'exports.onExecutePostLogin = async () => {};',
  runtime: 'node22',
  secrets: [{ name: 'KEY', value: 'cAnArY-secret-value' }],
};
const bound = (value: string, type = 'action_name') => ({
  bindings: [{ ref: { type, value }, display_name: 'first' }],
});
const Id = z.looseObject({ id: z.string() });

const setUp = async () => {
  const tenant = await startTestTenant();
  const token = await managementToken(tenant);
  const ask = (method: string, path: string, body?: unknown) =>
    manage(tenant, token, path, { method, ...(body !== undefined && { body }) });
  const create = async (more: Record<string, unknown> = {}) =>
    Id.parse((await ask('POST', '/actions/actions', { ...action, ...more })).json).id;
  return { tenant, ask, create };
};

describe('an Action', () => {
  it('is a draft until it is deployed, and a draft again once it is changed', async () => {
    const { ask, create } = await setUp();
    const path = `/actions/actions/${await create()}`;
    const draft = await ask('GET', path);
    expect(draft.body).toMatchObject({ name: 'Claims', status: 'built', all_changes_deployed: false });
    expect(draft.body).not.toHaveProperty('deployed_version');
    const deployed = await ask('POST', `${path}/deploy`);
    expect(deployed).toMatchObject({ status: 202, body: { number: 1, deployed: true, code: action.code } });
    expect((await ask('GET', path)).body).toMatchObject({
      all_changes_deployed: true,
      deployed_version: { id: deployed.body.id, number: 1 },
    });
    const changed = await ask('PATCH', path, { code: 'exports.other = 1;' });
    expect(changed.body).toMatchObject({
      code: 'exports.other = 1;',
      all_changes_deployed: false,
      deployed_version: { code: action.code },
    });
    await ask('POST', `${path}/deploy`);
    const versions = await ask('GET', `${path}/versions`);
    expect(versions.body).toMatchObject({
      total: 2,
      page: 0,
      versions: [
        { number: 2, deployed: true },
        { number: 1, deployed: false },
      ],
    });
    const back = await ask('POST', `${path}/versions/${String(deployed.body.id)}/deploy`);
    expect(back.body).toMatchObject({ number: 3, deployed: true, code: action.code });
    expect((await ask('GET', path)).body).toMatchObject({ code: action.code, all_changes_deployed: true });
  });

  it('never tells a secret’s value, and keeps it where only its name comes', async () => {
    const { tenant, ask, create } = await setUp();
    const path = `/actions/actions/${await create({ deploy: true })}`;
    const patched = await ask('PATCH', path, {
      secrets: [{ name: 'KEY' }, { name: 'NEW', value: 'cAnArY2' }],
    });
    expect(patched.status).toBe(200);
    await ask('PATCH', '/actions/triggers/post-login/bindings', bound('Claims'));
    const all = await Promise.all(
      [path, '/actions/actions', `${path}/versions`, '/actions/triggers/post-login/bindings'].map((place) =>
        ask('GET', place),
      ),
    );
    for (const { status, json } of [patched, ...all]) {
      expect(status).toBe(200);
      expect(JSON.stringify(json)).toContain('"KEY"');
      expect(JSON.stringify(json)).not.toContain('cAnArY');
    }
    expect(tenant.database.state.actions[0]?.secrets.map(({ value }) => value)).toEqual([
      'cAnArY-secret-value',
      'cAnArY2',
    ]);
  });

  it.each([
    ['another with its name', action, /already/],
    ['too much code', { ...action, name: 'x', code: `//${'x'.repeat(100_000)}` }, /100000 bytes/],
    ['too long a key', { ...action, name: 'x', secrets: [{ name: 'k'.repeat(129), value: 'v' }] }, /128/],
    ['too long a value', { ...action, name: 'x', secrets: [{ name: 'k', value: 'v'.repeat(4097) }] }, /4096/],
    ['a secret without a value', { ...action, name: 'x', secrets: [{ name: 'k' }] }, /needs a value/],
    [
      'another trigger',
      { ...action, name: 'x', supported_triggers: [{ id: 'send-phone-message' }] },
      /alone/,
    ],
    ['another runtime', { ...action, name: 'x', runtime: 'bash' }, /runtime/],
  ])('is refused: %s', async (_what, body, message) => {
    const { ask, create } = await setUp();
    await create();
    const refused = await ask('POST', '/actions/actions', body);
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
    expect(refused.body.message).toMatch(message);
  });

  it('needs the scope of what is done with it', async () => {
    const { tenant, create } = await setUp();
    const id = await create();
    const none = await managementToken(tenant, ['read:clients']);
    for (const [method, path, scope] of [
      ['GET', '/actions/actions', 'read:actions'],
      ['GET', '/actions/triggers', 'read:actions'],
      ['GET', '/actions/triggers/post-login/bindings', 'read:actions'],
      ['POST', '/actions/actions', 'create:actions'],
      ['POST', `/actions/actions/${id}/deploy`, 'create:actions'],
      ['PATCH', `/actions/actions/${id}`, 'update:actions'],
      ['PATCH', '/actions/triggers/post-login/bindings', 'update:actions'],
      ['DELETE', `/actions/actions/${id}`, 'delete:actions'],
    ] as const) {
      const { status, body } = await manage(tenant, none, path, { method });
      expect([method, path, status, body.message]).toEqual([
        method,
        path,
        403,
        `Insufficient scope, expected any of: ${scope}`,
      ]);
    }
  });
});

describe('bindings', () => {
  it('take deployed Actions in the order that was asked for, and replace what was there', async () => {
    const { ask, create } = await setUp();
    const path = '/actions/triggers/post-login/bindings';
    expect((await ask('PATCH', path, bound('Nobody'))).status).toBe(400);
    const first = await create();
    expect((await ask('PATCH', path, bound('Claims'))).body.message).toMatch(/must be deployed/);
    await ask('POST', `/actions/actions/${first}/deploy`);
    const second = await create({ name: 'Second', deploy: true });
    const both = await ask('PATCH', path, {
      bindings: [{ ref: { type: 'action_id', value: second } }, ...bound('Claims').bindings],
    });
    expect(both.body).toMatchObject({
      bindings: [
        { trigger_id: 'post-login', display_name: 'Second', action: { id: second } },
        { display_name: 'first', action: { id: first } },
      ],
    });
    expect((await ask('GET', path)).body).toMatchObject({ total: 2, per_page: 20 });
    const { bindings } = z.object({ bindings: z.array(Id) }).parse(both.json);
    const again = await ask('PATCH', path, bound(bindings[1]?.id ?? '', 'binding_id'));
    expect(again.body).toMatchObject({ bindings: [{ id: bindings[1]?.id }] });
    expect((await ask('GET', path)).body).toMatchObject({ total: 1 });
    expect((await ask('DELETE', `/actions/actions/${first}`)).status).toBe(400);
    expect((await ask('DELETE', `/actions/actions/${first}?force=true`)).status).toBe(204);
    expect((await ask('GET', path)).body).toMatchObject({ total: 0 });
    expect((await ask('GET', '/actions/triggers/send-phone-message/bindings')).status).toBe(400);
  });
});

it('the auth0 SDK makes, deploys, binds and lists Actions', async () => {
  const { tenant } = await setUp();
  const { actions } = new ManagementClient({ domain: tenant.domain, ...tenant.bootstrap });
  const { id = '' } = await actions.create({ ...action, supported_triggers: [{ ...trigger }] });
  await actions.deploy(id);
  await actions.triggers.bindings.updateMany('post-login', {
    bindings: [{ ref: { type: 'action_name', value: 'Claims' } }],
  });
  const names: (string | undefined)[] = [];
  for await (const { action: one } of await actions.triggers.bindings.list('post-login'))
    names.push(one?.name);
  for await (const { name } of await actions.list({ per_page: 1 })) names.push(name);
  expect(names).toEqual(['Claims', 'Claims']);
  expect((await actions.versions.list(id)).data).toHaveLength(1);
});
