import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { postLoginAction } from '@idp-relay/actions';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { ManagementClient } from 'auth0';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { bindTheirs } from '../test/bind-theirs.ts';
import { DeployError, readEnvironment } from './index.ts';
import { bindPostLogin } from './post-login-binding.ts';

const path = '/api/v2/actions/triggers/post-login/bindings';
const { name, trigger } = postLoginAction;
let tenant: LocalTenant;
let management: ManagementClient;

beforeEach(async () => {
  tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  management = new ManagementClient({ domain: tenant.domain, ...tenant.bootstrap });
});

const progress: string[] = [];
const bind = (signal?: AbortSignal): Promise<void> =>
  bindPostLogin({
    environment: { ...readEnvironment('local'), domain: tenant.domain },
    credentials: tenant.bootstrap,
    fetch: globalThis.fetch,
    onProgress: (line) => progress.push(line),
    ...(signal && { signal }),
  });
const bound = (): string[] => tenant.database.state.actionBindings.map(({ display_name: shown }) => shown);
const patches = (): number => tenant.faults.count('management', { method: 'PATCH', pathPrefix: path });
/** Makes the relay's Action, as a draft that no login can run. */
const createAction = async (): Promise<string> => {
  const code = 'exports.onExecutePostLogin = async () => {};';
  return z
    .string()
    .parse((await management.actions.create({ name, code, supported_triggers: [trigger] })).id);
};

describe('binding the Action', () => {
  it('puts it after all others, many as they are, and leaves their bindings as they were', async () => {
    const theirs = Array.from({ length: 70 }, (_none, index) => `Theirs ${index}`);
    await bindTheirs(tenant, ...theirs);
    const before = tenant.database.state.actionBindings.map(({ id }) => id);
    await management.actions.deploy(await createAction());
    await bind();
    expect(bound()).toEqual([...theirs.map((one) => `${one}, as shown`), name]);
    expect(tenant.database.state.actionBindings.map(({ id }) => id).slice(0, -1)).toEqual(before);
    expect(progress).toEqual([`Bound to post-login: ${name}`]);
  });

  it('changes nothing where it is bound, wherever that is', async () => {
    await bindTheirs(tenant, 'First', name, 'Last');
    const before = structuredClone(tenant.database.state.actionBindings);
    tenant.faults.resetCounts();
    await bind();
    expect(patches()).toBe(0);
    expect(tenant.database.state.actionBindings).toEqual(before);
  });

  it('waits until the tenant knows of the deployment', async () => {
    await bindTheirs(tenant, 'Theirs');
    const id = await createAction();
    tenant.faults.resetCounts();
    const done = bind();
    await vi.waitFor(() => expect(patches()).toBe(1));
    await management.actions.deploy(id);
    await done;
    expect(bound()).toEqual(['Theirs, as shown', name]);
  });

  it('stops when asked to, while it waits', async () => {
    await createAction();
    const controller = new AbortController();
    const reason = new Error('given up');
    tenant.faults.resetCounts();
    const done = bind(controller.signal).catch((error: unknown) => error);
    await vi.waitFor(() => expect(patches()).toBe(1));
    controller.abort(reason);
    expect(await done).toBe(reason);
  });

  it.each([
    ['one that it cannot read', '{"bindings":[{"display_name":"Theirs"}],"total":1}'],
    ['no list', '<p>'],
    ['none, in other words', '{}'],
    ['fewer than there are', '{"bindings":[],"total":1}'],
  ])('unbinds nobody when the tenant tells of %s', async (_what, body) => {
    await bindTheirs(tenant, 'Theirs');
    await management.actions.deploy(await createAction());
    const headers = { 'content-type': 'application/json' };
    tenant.faults.resetCounts();
    tenant.faults.add('management', { pathPrefix: path, status: 200, headers, body, times: 1 });
    const error: unknown = await bind().catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(DeployError);
    expect(error).toMatchObject({ code: 'deploy_failed' });
    expect(patches()).toBe(0);
    expect(bound()).toEqual(['Theirs, as shown']);
  });

  it('names the scopes that it lacks', async () => {
    for (const grant of tenant.database.state.clientGrants)
      grant.scope = grant.scope.filter((scope) => scope !== 'read:actions');
    await expect(bind()).rejects.toMatchObject({
      code: 'scope_missing',
      message: expect.stringContaining('read:actions and update:actions') as unknown,
    });
  });
});
