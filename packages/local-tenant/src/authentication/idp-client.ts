import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { sampleIdpClient } from '../sample-idps/sample-idp-store.ts';
import type { IdpProfile, SampleIdp } from '../sample-idps/sample-idp.ts';

const IdpTokens = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  /** Seconds. */
  expires_in: z.number().optional(),
  /** As this IdP joins them. */
  scope: z.string().default(''),
});
/** What an IdP's token endpoint gave. */
export type IdpTokens = z.infer<typeof IdpTokens>;

/** What comes of asking an IdP: it may refuse, and it may be in no state to answer. */
export type IdpOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: 'refused' | 'unavailable' };

/** Exchanges the code of a login; `origin` is the tenant's, where the browser came back to. */
export function exchangeCode(
  context: LocalTenantContext,
  origin: string,
  idp: SampleIdp,
  code: string,
): Promise<IdpOutcome<IdpTokens>> {
  return askForTokens(context, idp, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${origin}/login/callback`,
  });
}

/** Renews tokens. With `scope`, the new access token has no more than these, where the IdP can do that. */
export function renewTokens(
  context: LocalTenantContext,
  idp: SampleIdp,
  refreshToken: string,
  scope?: readonly string[],
): Promise<IdpOutcome<IdpTokens>> {
  return askForTokens(context, idp, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...(scope && { scope: scope.join(idp.scopeSeparator) }),
  });
}

/** Who an access token belongs to. */
export async function readProfile(
  { origins }: LocalTenantContext,
  idp: SampleIdp,
  accessToken: string,
): Promise<IdpOutcome<IdpProfile>> {
  const url = `${origins.idpsHttp}${idp.endpoints.profile}`;
  const outcome = await ask(url, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!outcome.ok) return outcome;
  try {
    return { ok: true, value: idp.toProfile(outcome.value) };
  } catch {
    return { ok: false, reason: 'unavailable' };
  }
}

async function askForTokens(
  { origins }: LocalTenantContext,
  idp: SampleIdp,
  grant: Readonly<Record<string, string>>,
): Promise<IdpOutcome<IdpTokens>> {
  const { clientId, clientSecret } = sampleIdpClient(idp.strategy);
  const form = new URLSearchParams(grant);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (idp.clientAuthentication === 'post') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  } else {
    headers.authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  }
  const url = `${origins.idpsHttp}${idp.endpoints.token}`;
  const outcome = await ask(url, { method: 'POST', headers, body: form });
  if (!outcome.ok) return outcome;
  const tokens = IdpTokens.safeParse(outcome.value);
  // Some IdPs answer their refusals with status 200.
  return tokens.success ? { ok: true, value: tokens.data } : { ok: false, reason: 'refused' };
}

/** The sample IdPs run in this process; plain http on loopback saves it from trusting its own certificate. */
async function ask(url: string, init: RequestInit): Promise<IdpOutcome<unknown>> {
  try {
    const response = await fetch(url, init);
    if (response.status >= 500) return { ok: false, reason: 'unavailable' };
    const value: unknown = await response.json();
    return response.ok ? { ok: true, value } : { ok: false, reason: 'refused' };
  } catch {
    return { ok: false, reason: 'unavailable' };
  }
}
