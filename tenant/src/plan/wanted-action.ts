import { bundlePostLogin, postLoginAction } from '@idp-relay/actions';
import type { Environment } from '../environment.ts';
import { describeAction } from '../post-login-deployment.ts';
import type { Resource } from './resource.ts';

/** The post-login Action and its place at the trigger, where the environment has it; secrets are told by their names alone. */
export async function wantedAction({
  post_login_action: settings,
}: Environment): Promise<Readonly<Record<string, readonly Resource[]>>> {
  if (settings === undefined) return {};
  const { name, trigger } = postLoginAction;
  return {
    actions: [describeAction(await bundlePostLogin(), () => '')],
    triggers: [{ name: trigger.id, bindings: [{ action_name: name }] }],
  };
}
