import { z } from 'zod';
import { manage, managementToken } from './requests.ts';
import type { LocalTenant } from '../src/index.ts';

const Created = z.looseObject({ id: z.string() });

/** An Action to bind: `body` is what its post-login handler does with `event` and `api`. */
export interface WrittenAction {
  readonly name: string;
  readonly body: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Makes, deploys and binds Actions, in this order and no others. */
export async function bindActions(tenant: LocalTenant, ...actions: readonly WrittenAction[]): Promise<void> {
  const token = await managementToken(tenant);
  const ask = (method: string, path: string, body: unknown) => manage(tenant, token, path, { method, body });
  const ids: string[] = [];
  for (const { name, body, secrets = {} } of actions) {
    const made = await ask('POST', '/actions/actions', {
      name,
      code: `exports.onExecutePostLogin = async (event, api) => { ${body} };`,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      secrets: Object.entries(secrets).map(([key, value]) => ({ name: key, value })),
      deploy: true,
    });
    ids.push(Created.parse(made.json).id);
  }
  const bindings = ids.map((value) => ({ ref: { type: 'action_id', value } }));
  await ask('PATCH', '/actions/triggers/post-login/bindings', { bindings });
}
