import type { SecretMask } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';

/** What is needed to judge an IdP's redirect. */
export interface RedirectContext {
  /** The URL that was called. */
  readonly url: URL;
  /** Base URL that the call was made below. */
  readonly baseUrl: string;
  /** Where the caller reaches that base URL, such as `/v1/me/idp/github`; `undefined` when a header chose it. */
  readonly relayPrefix: string | undefined;
  /** The identity that the caller chose, which the redirected call needs again. */
  readonly idpUserId: string | undefined;
  /** Finds the token that was sent. */
  readonly mask: SecretMask;
}

/**
 * The `location` to hand back. The relay never follows it. Within the API it is turned into the relay's own path, so that
 * the caller can follow it; elsewhere it is left as it is, as long as it is https and does not hold the token.
 * @throws Problem `idp_redirect_refused`
 */
export function checkRedirect(location: string, context: RedirectContext): string {
  const target = URL.parse(location, context.url.href);
  if (target === null) throw refusal('its location cannot be read');
  if (target.protocol !== 'https:') throw refusal('its location is not https');
  if (target.username !== '' || target.password !== '') throw refusal('its location holds credentials');
  if (context.mask.occursIn(target.href)) throw refusal('its location holds the token');
  const base = new URL(context.baseUrl);
  const basePath = base.pathname === '/' ? '' : base.pathname;
  const isWithin = target.origin === base.origin && target.pathname.startsWith(`${basePath}/`);
  if (!isWithin || context.relayPrefix === undefined) return target.href;
  if (context.idpUserId !== undefined) {
    target.search += `${target.search === '' ? '?' : '&'}identity=${encodeURIComponent(context.idpUserId)}`;
  }
  return `${context.relayPrefix}${target.pathname.slice(basePath.length)}${target.search}`;
}

function refusal(reason: string): Problem {
  return new Problem(
    'idp_redirect_refused',
    `The IdP answered with a redirect that is not handed on: ${reason}.`,
  );
}
