import type { Environment } from './environment.ts';
import {
  authorizationWord,
  logStreamKinds,
  prepareLogStream,
  type LogStreamDeployment,
} from './log-stream-deployment.ts';
import type { NoticeSecrets } from './notice-secrets.ts';
import { actionKinds, prepareAction, type ActionDeployment } from './post-login-deployment.ts';

/** What of a tenant tells the relay of users who have changed, where the environment has it. */
export interface NoticeSenders {
  readonly action?: ActionDeployment;
  readonly logStream?: LogStreamDeployment;
}

/** Kinds of resource that a deployment looks at besides for them; none of them is looked at where it brings none. */
export function senderKinds({ post_login_action: action, log_stream: stream }: Environment) {
  return [...(action ? actionKinds : []), ...(stream ? logStreamKinds : [])];
}

/**
 * Prepares them for a deployment.
 * @throws DeployError `credentials_missing`
 */
export async function prepareSenders(
  environment: Environment,
  { noticeSecret, logStreamToken }: NoticeSecrets,
): Promise<NoticeSenders> {
  const logStream = prepareLogStream(environment, logStreamToken);
  const action = await prepareAction(environment, noticeSecret);
  return { ...(action && { action }), ...(logStream && { logStream }) };
}

/** What the words stand for where the Action and the log stream are described for the deploy CLI, secrets included. */
export function senderWords({ action, logStream }: NoticeSenders): Readonly<Record<string, string>> {
  return {
    ...(action && { RELAY_URL: action.relayUrl, NOTICE_SECRET: action.noticeSecret.reveal() }),
    ...(logStream && { [authorizationWord]: `Bearer ${logStream.token.reveal()}` }),
  };
}
