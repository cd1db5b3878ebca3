import { bundlePostLogin } from '@idp-relay/actions';
import { Secret } from '@idp-relay/idp-tokens';
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
 * Long enough not to be guessed, short enough for Auth0, and of characters that mean nothing to an environment file or to
 * the deploy CLI.
 * @see https://auth0.com/docs/customize/actions/limitations
 */
const secretShape = /^[\w+/=.~-]{32,4096}$/;

/**
 * Takes the secret that notices are signed with from the variable that the environment names.
 * @returns undefined where the environment has no Action
 * @throws DeployError `credentials_missing` naming the variable
 */
export function readNoticeSecret(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): Secret | undefined {
  const name = environment.post_login_action?.notice_secret_variable;
  if (name === undefined) return undefined;
  const value = variables[name] ?? '';
  if (!secretShape.test(value)) {
    throw new DeployError(
      'credentials_missing',
      `Set ${name} to the secret that the post-login Action signs with, 32 to 4096 letters, digits or any of + / = . ~ _ -, such as what "openssl rand -base64 32" prints. The API needs it as NOTICE_SECRET.`,
    );
  }
  return new Secret(value);
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
