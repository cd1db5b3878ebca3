import type { Secret } from '@idp-relay/idp-tokens';
import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';

/** The log stream's name in a tenant. */
export const logStreamName = 'IdP Relay';

/** Kinds of resource that a deployment looks at besides, where it brings the log stream. */
export const logStreamKinds = ['logStreams'] as const;

/**
 * What is sent of the tenant's log: logins, sign-ups, deletions and changes of users, and writes by the Management API, such as
 * a block. All else would cost deliveries and say nothing to the relay.
 * @see https://auth0.com/docs/customize/log-streams/event-filters
 */
const categories = ['auth.login.success', 'auth.signup.success', 'user.success', 'management.success'];

/** The log stream as it is deployed. */
export interface LogStreamDeployment {
  /** In the deploy CLI's words; {@link authorizationWord} stands where its authorization goes. */
  readonly stream: ReturnType<typeof describeLogStream>;
  /** What it brings to the relay. */
  readonly token: Secret;
}

/** Stands for `Bearer` and the token. As a @@LIST@@ it comes out quoted, whatever is in it. */
export const authorizationWord = 'LOG_STREAM_AUTHORIZATION';

/**
 * Where the log stream delivers.
 * @param relayUrl the relay's origin, with a path where it has one
 */
export function logStreamEndpoint(relayUrl: string): string {
  return `${relayUrl.replace(/\/+$/, '')}/v1/notices/log-events`;
}

/**
 * The log stream in tenant.yaml's words. Its status is not among them: one that was paused stays so.
 * @param relayUrl the relay's origin, with a path where it has one
 * @param authorization of its requests; empty where nobody may know
 * @see https://auth0.com/docs/customize/log-streams/custom-log-streams
 */
export function describeLogStream(relayUrl: string, authorization: string) {
  return {
    name: logStreamName,
    type: 'http',
    filters: categories.map((name) => ({ type: 'category', name })),
    sink: {
      httpEndpoint: logStreamEndpoint(relayUrl),
      httpAuthorization: authorization,
      httpContentType: 'application/json',
      httpContentFormat: 'JSONARRAY',
    },
  };
}

/**
 * Prepares the log stream for a deployment.
 * @returns undefined where the environment has none
 * @throws DeployError `credentials_missing`
 */
export function prepareLogStream(
  { log_stream: settings }: Environment,
  token: Secret | undefined,
): LogStreamDeployment | undefined {
  if (settings === undefined) return undefined;
  if (token === undefined) {
    throw new DeployError(
      'credentials_missing',
      `The log stream needs the token that it brings to the relay: set ${settings.token_variable}.`,
    );
  }
  return { stream: describeLogStream(settings.relay_url, `@@${authorizationWord}@@`), token };
}
