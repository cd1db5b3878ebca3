import type { LocalTenant } from '@idp-relay/local-tenant';
import { ManagementClient } from 'auth0';
import { z } from 'zod';

/** Deploys Actions that have nothing to do with the relay, and binds them to post-login, under names of their own. */
export async function bindTheirs(tenant: LocalTenant, ...names: readonly string[]): Promise<void> {
  const { actions } = new ManagementClient({ domain: tenant.domain, ...tenant.bootstrap });
  for (const name of names) {
    const made = await actions.create({
      name,
      code: 'exports.onExecutePostLogin = async () => {};',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
    });
    await actions.deploy(z.string().parse(made.id));
  }
  await actions.triggers.bindings.updateMany('post-login', {
    bindings: names.map((name) => ({
      ref: { type: 'action_name', value: name },
      display_name: `${name}, as shown`,
    })),
  });
}
