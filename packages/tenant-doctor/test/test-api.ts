import type { LocalTenant } from '@idp-relay/local-tenant';
import { z } from 'zod';

/** A request to the tenant's Management API below `/api/v2`; gives the body of a good answer. */
export type TestApi = (method: string, path: string, body?: unknown) => Promise<unknown>;

const Token = z.object({ access_token: z.string() });

/** The Management API with everything that the deploy client may do. Throws on every answer that is not good. */
export async function testApi({ domain, bootstrap }: LocalTenant): Promise<TestApi> {
  const response = await fetch(`https://${domain}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: bootstrap.clientId,
      client_secret: bootstrap.clientSecret,
      audience: `https://${domain}/api/v2/`,
    }),
  });
  const { access_token: token } = Token.parse(await response.json());
  return async (method, path, body) => {
    const answer = await fetch(`https://${domain}/api/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return json;
  };
}
