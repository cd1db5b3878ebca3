import { createHash } from 'node:crypto';
import { z } from 'zod';

const TokenAnswer = z.object({ access_token: z.string() });

/** Where a person signs in: the tenant's login page, by authorization code with PKCE. */
export function authorizationUrl(
  settings: Readonly<Record<string, string>>,
  verifier: string,
  state: string,
): string {
  const url = new URL(`${settings.TENANT_ORIGIN ?? ''}/authorize`);
  const parameters = {
    response_type: 'code',
    client_id: settings.SAMPLE_PRODUCT_CLIENT_ID ?? '',
    redirect_uri: settings.SAMPLE_PRODUCT_CALLBACK ?? '',
    audience: settings.RELAY_AUDIENCE ?? '',
    scope: 'openid profile email',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Asks the tenant's token endpoint, and gives the access token. @throws Error when there is none */
export async function exchangeCode(
  tenantOrigin: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${tenantOrigin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const answer = TokenAnswer.safeParse(await response.json());
  if (!answer.success) throw new Error(`The tenant gave no token (status ${response.status}).`);
  return answer.data.access_token;
}
