import type { RelayClientOptions } from './relay-client.ts';
import { readProblem } from './relay-problem.ts';

/** A call of an IdP, beyond its path. */
export interface IdpCall extends RequestInit {
  /** IdP user id, where the user has several identities of the connection. */
  readonly identity?: string;
}

/**
 * Calls an IdP through the relay as the signed-in user: `(connection, path)`, such as `('github', '/user/repos?page=2')`.
 * The response is the IdP's own, whatever its status.
 */
export type IdpFetch = (connection: string, path: `/${string}`, call?: IdpCall) => Promise<Response>;

/** Makes an {@link IdpFetch}, which rejects with a `RelayProblem` where the relay itself refused the call. */
export function createIdpFetch({
  origin,
  getAccessToken,
  fetch = globalThis.fetch,
}: RelayClientOptions): IdpFetch {
  return async (connection, path, { identity, ...init } = {}) => {
    const prefix = `${origin}/v1/me/idp/${encodeURIComponent(connection)}`;
    const choice =
      identity === undefined
        ? ''
        : `${path.includes('?') ? '&' : '?'}${new URLSearchParams({ identity }).toString()}`;
    const request = new Request(`${prefix}${path}${choice}`, init);
    request.headers.set('authorization', `Bearer ${await getAccessToken()}`);
    const response = await fetch(request);
    if (response.headers.get('relay-source') === 'idp') return response;
    throw await readProblem(response);
  };
}
