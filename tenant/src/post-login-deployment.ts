import { bundlePostLogin, postLoginAction } from '@idp-relay/actions';
import type { Secret } from '@idp-relay/idp-tokens';
import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';

/** Kinds of resource that a deployment looks at besides, where it brings the Action. Triggers are not among them: an import replaces the whole list of what is bound. */
export const actionKinds = ['actions'] as const;

/** The Action as it is deployed. */
export interface ActionDeployment {
  /** One CommonJS file. */
  readonly code: string;
  readonly relayUrl: string;
  readonly noticeSecret: Secret;
}

/**
 * The Action in tenant.yaml's words.
 * @param code its code, or the path of a file that has it
 * @param valueOf what stands for a secret's value, by the secret's name
 */
export function describeAction(code: string, valueOf: (secret: string) => string) {
  const { name, runtime, trigger, secrets } = postLoginAction;
  return {
    name,
    runtime,
    code,
    supported_triggers: [{ ...trigger }],
    dependencies: [],
    secrets: secrets.map((secret) => ({ name: secret, value: valueOf(secret) })),
    deployed: true,
  };
}

/**
 * Bundles the Action for a deployment.
 * @returns undefined where the environment has no Action
 * @throws DeployError `credentials_missing`
 */
export async function prepareAction(
  { post_login_action: action }: Environment,
  noticeSecret: Secret | undefined,
): Promise<ActionDeployment | undefined> {
  if (action === undefined) return undefined;
  if (noticeSecret === undefined) {
    throw new DeployError(
      'credentials_missing',
      `The post-login Action needs the secret that it signs with: set ${action.notice_secret_variable}.`,
    );
  }
  return { code: await bundlePostLogin(), relayUrl: action.relay_url, noticeSecret };
}
