import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { sampleIdpClient } from '../sample-idps/sample-idp-store.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { ChosenIdp } from './enabled-connections.ts';

const ConnectionScope = z.object({
  scope: z.union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/))]),
});

/** The authorization request at the IdP. Origins are those of the browser: http for http, https for https. */
export function idpAuthorizationUrl(
  context: LocalTenantContext,
  origin: string,
  { connection, idp }: ChosenIdp,
  request: AuthorizationRequest,
  state: string,
): string {
  const { origins } = context;
  const url = new URL(
    `${origin === origins.tenantHttps ? origins.idpsHttps : origins.idpsHttp}${idp.endpoints.authorize}`,
  );
  const own = ConnectionScope.safeParse(connection.options).data?.scope ?? [];
  const asked = request.connection_scope?.split(/[\s,]+/) ?? [];
  const offline = request.access_type === 'offline' ? idp.refresh?.askedBy : undefined;
  const scopes = [
    ...idp.loginScopes,
    ...own,
    ...asked,
    ...(offline?.scope === undefined ? [] : [offline.scope]),
  ];
  const parameters = {
    response_type: 'code',
    client_id: sampleIdpClient(idp.strategy).clientId,
    redirect_uri: `${origin}/login/callback`,
    state,
    scope: [...new Set(scopes.filter((scope) => scope !== ''))].join(idp.scopeSeparator),
    ...offline?.parameters,
    ...(offline !== undefined && request.prompt === 'consent' && { prompt: 'consent' }),
    ...(request.login_hint !== undefined && { login_hint: request.login_hint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
