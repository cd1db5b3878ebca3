import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ManagementClient } from 'auth0';
import { signIn, startLocalTenant, type LocalTenant, type SignInOptions } from '@idp-relay/local-tenant';
import { decodeJwt, type JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { bundlePostLogin, postLoginAction } from '../src/index.ts';

export const relayAudience = 'https://relay.test/api';
export const otherAudience = 'https://other.test/api';
const callback = 'http://localhost:9/callback';

/** Secrets of the Action; one that is left out is not there. */
export type ActionSecrets = Partial<Record<(typeof postLoginAction.secrets)[number], string>>;

/** Starts a tenant with two APIs and a client, to which the bundle is deployed, and bound to its trigger. */
export async function startTenantWithAction(secrets: ActionSecrets): Promise<LocalTenant> {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const { state } = tenant.database;
  state.clients.push({
    client_id: 'spa',
    name: 'spa',
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    callbacks: [callback],
    refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' },
  });
  for (const identifier of [relayAudience, otherAudience])
    state.resourceServers.push({
      id: identifier,
      identifier,
      name: identifier,
      allow_offline_access: true,
      scopes: [],
    });
  const { actions } = new ManagementClient({ domain: tenant.domain, ...tenant.bootstrap });
  const { name, runtime, trigger } = postLoginAction;
  const made = await actions.create({
    name,
    runtime,
    supported_triggers: [trigger],
    code: await bundlePostLogin(),
    secrets: Object.entries(secrets).map(([secret, value]) => ({ name: secret, value })),
  });
  await actions.deploy(z.string().parse(made.id));
  await actions.triggers.bindings.updateMany(trigger.id, {
    bindings: [{ ref: { type: 'action_name', value: name }, display_name: name }],
  });
  return tenant;
}

/** Ada, who has a GitHub identity and a Google one, signs in through GitHub. */
export function signInAda(tenant: LocalTenant, more: Partial<SignInOptions> = {}) {
  return signIn({
    origin: tenant.origins.tenantHttp,
    clientId: 'spa',
    redirectUri: callback,
    audience: relayAudience,
    as: { connection: 'github', login: 'ada' },
    ...more,
  });
}

/** The claims of an access token of Ada's. */
export async function claimsOf(tenant: LocalTenant, more: Partial<SignInOptions> = {}): Promise<JWTPayload> {
  return decodeJwt((await signInAda(tenant, more)).access_token);
}

const Executions = z.array(
  z.object({
    results: z.array(z.object({ console: z.array(z.string()), error: z.unknown().optional() })),
  }),
);

/** What the Action wrote to its console at the last login, one entry a line. */
export async function lastConsole({ controlOrigin }: LocalTenant): Promise<readonly string[]> {
  const executions = Executions.parse(await (await fetch(`${controlOrigin}/executions`)).json());
  const { results } = executions.at(-1) ?? { results: [] };
  if (results.length !== 1 || results[0]?.error !== undefined) throw new Error('the Action did not run well');
  return results[0]?.console ?? [];
}

/** The claims of the access token that a refresh token is exchanged for. */
export async function refresh({ origins }: LocalTenant, refreshToken: string): Promise<JWTPayload> {
  const answer = await fetch(`${origins.tenantHttp}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'spa',
      refresh_token: refreshToken,
    }),
  });
  return decodeJwt(z.object({ access_token: z.string() }).parse(await answer.json()).access_token);
}
