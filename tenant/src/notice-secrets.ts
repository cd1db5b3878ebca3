import { Secret } from '@idp-relay/idp-tokens';
import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';

/** By which the relay knows notices of a tenant. */
export interface NoticeSecrets {
  /** What the post-login Action signs its notices with. */
  readonly noticeSecret?: Secret;
  /** What the log stream brings. */
  readonly logStreamToken?: Secret;
}

/**
 * Long enough not to be guessed, short enough for Auth0, and of characters that mean nothing to an environment file, to a
 * header or to the deploy CLI.
 * @see https://auth0.com/docs/customize/actions/limitations
 */
const secretShape = /^[\w+/=.~-]{32,4096}$/;

/**
 * Takes what notices are known by from the variables that the environment names, but for what is known already.
 * @returns those that the environment needs
 * @throws DeployError `credentials_missing` naming the variable
 */
export function readNoticeSecrets(
  { environment, ...known }: NoticeSecrets & { readonly environment: Environment },
  variables: Readonly<Record<string, string | undefined>>,
): NoticeSecrets {
  const read = (name: string | undefined, purpose: string, setting: string): Secret | undefined => {
    if (name === undefined) return undefined;
    const value = variables[name] ?? '';
    if (secretShape.test(value)) return new Secret(value);
    throw new DeployError(
      'credentials_missing',
      `Set ${name} to the ${purpose}, 32 to 4096 letters, digits or any of + / = . ~ _ -, such as what "openssl rand -base64 32" prints. The API needs it as ${setting}.`,
    );
  };
  const { post_login_action: action, log_stream: stream } = environment;
  const noticeSecret =
    known.noticeSecret ??
    read(action?.notice_secret_variable, 'secret that the post-login Action signs with', 'NOTICE_SECRET');
  const logStreamToken =
    known.logStreamToken ??
    read(stream?.token_variable, 'token that the log stream brings to the relay', 'LOG_STREAM_TOKEN');
  return { ...(noticeSecret && { noticeSecret }), ...(logStreamToken && { logStreamToken }) };
}
