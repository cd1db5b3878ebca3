import { bundlePostLogin, postLoginAction } from '@idp-relay/actions';
import type { LocalTenant } from '@idp-relay/local-tenant';

/** Puts the relay's Action into a tenant, deployed and bound, as a deployment would leave it. */
export async function putAction({ database: { state } }: LocalTenant): Promise<void> {
  const { name, runtime, secrets, trigger } = postLoginAction;
  const now = '2026-01-01T00:00:00.000Z';
  const content = {
    code: await bundlePostLogin(),
    runtime,
    dependencies: [],
    secrets: secrets.map((secret) => ({ name: secret, value: 'x', updated_at: now })),
  };
  const times = { created_at: now, updated_at: now };
  state.actions.push({
    ...content,
    ...times,
    id: 'a1',
    name,
    supported_triggers: [{ ...trigger }],
    all_changes_deployed: true,
    deployed_version_id: 'v1',
    versions: [{ ...content, id: 'v1', number: 1, created_at: now }],
  });
  state.actionBindings.push({
    ...times,
    id: 'b1',
    trigger_id: trigger.id,
    action_id: 'a1',
    display_name: name,
  });
}
