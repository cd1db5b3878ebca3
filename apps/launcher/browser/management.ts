import { expect, inject } from 'vitest';
import { z } from 'zod';

const TokenAnswer = z.object({ access_token: z.string() });
const LogStreams = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * Calls the tenant's Management API as somebody with all permissions would.
 * @param path below `/api/v2`
 * @returns the answer's JSON
 */
export async function manage(method: string, path: string, body?: object): Promise<unknown> {
  const { id, secret, domain } = inject('deployClient');
  const send = (url: string, init: RequestInit): Promise<Response> =>
    fetch(`${inject('origins').tenant}${url}`, init);
  const granted = await send('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
      audience: `https://${domain}/api/v2/`,
    }),
  });
  const { access_token: token } = TokenAnswer.parse(await granted.json());
  const response = await send(`/api/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok).toBe(true);
  return response.json();
}

/** Pauses the log stream to the relay, or lets it go on with what it kept meanwhile. */
export async function setLogStream(status: 'active' | 'paused'): Promise<void> {
  const stream = LogStreams.parse(await manage('GET', '/log-streams')).find(
    ({ name }) => name === 'IdP Relay',
  );
  await manage('PATCH', `/log-streams/${stream?.id ?? ''}`, { status });
}

/** Binds the relay's Action to post-login, or unbinds it. The local tenant has no other. */
export async function setAction(isBound: boolean): Promise<void> {
  const ref = { type: 'action_name', value: 'IdP Relay' };
  await manage('PATCH', '/actions/triggers/post-login/bindings', {
    bindings: isBound ? [{ ref, display_name: ref.value }] : [],
  });
}
