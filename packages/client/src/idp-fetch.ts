import type { RelayClientOptions } from './relay-client.ts';
import { readProblem } from './relay-problem.ts';

/** A call of an IdP, beyond its path. */
export interface IdpCall extends RequestInit {
  /** For backends, with a token of client credentials: the user to call as. The signed-in user when left out. */
  readonly userId?: string;
  /** IdP user id, where the user has several identities of the connection. */
  readonly identity?: string;
}

/**
 * Calls an IdP through the relay as a user: `(connection, path)`, such as `('github', '/user/repos?page=2')`.
 * The response is the IdP's own, whatever its status.
 */
export type IdpFetch = (connection: string, path: `/${string}`, call?: IdpCall) => Promise<Response>;

/** Makes an {@link IdpFetch}, which rejects with a `RelayProblem` where the relay itself refused the call. */
export function createIdpFetch({
  origin,
  getAccessToken,
  fetch = globalThis.fetch,
}: RelayClientOptions): IdpFetch {
  return async (connection, path, { userId, identity, ...init } = {}) => {
    const whose = userId === undefined ? 'me' : `users/${encodeURIComponent(userId)}`;
    const prefix = `${origin}/v1/${whose}/idp/${encodeURIComponent(connection)}`;
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
