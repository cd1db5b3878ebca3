import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { startLocalTenant, type LocalTenant, type LocalTenantOptions } from '../src/index.ts';

/** The audience of the API that the tests' tenant has. */
export const audience = 'https://relay.test/api';
/** The callback of the tests' public client. */
export const callback = 'http://localhost:9/callback';

/** Starts a tenant that ends with the test, with a public client `spa`, a confidential one `machine`, an API and a role. */
export async function startTestTenant(options: LocalTenantOptions = {}): Promise<LocalTenant> {
  const tenant = await startLocalTenant({ plan: 'unlimited', ...options });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const { state } = tenant.database;
  state.clients.push(
    {
      client_id: 'spa',
      name: 'spa',
      app_type: 'spa',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      callbacks: [callback],
      allowed_logout_urls: ['http://localhost:9/bye'],
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' },
    },
    {
      client_id: 'machine',
      client_secret: 'the-secret',
      name: 'machine',
      app_type: 'non_interactive',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials', 'password'],
    },
  );
  state.resourceServers.push({
    id: 'rs',
    identifier: audience,
    name: 'relay',
    enforce_policies: true,
    token_dialect: 'access_token_authz',
    token_lifetime: 3600,
    allow_offline_access: true,
    scopes: [{ value: 'call:idp' }, { value: 'inspect:identities' }],
  });
  state.clientGrants.push({ id: 'g', client_id: 'machine', audience, scope: ['call:idp'] });
  const permissions = [{ resource_server_identifier: audience, permission_name: 'call:idp' }];
  state.roles.push({ id: 'rol_user', name: 'user', permissions });
  state.users.find(({ user_id }) => user_id === 'github|1001')?.roles.push('rol_user');
  return tenant;
}

/** What a request came to: its status and its JSON body. */
export interface Answer {
  readonly status: number;
  /** The body, where it is an object. */
  readonly body: Record<string, unknown>;
  readonly json: unknown;
  readonly headers: Headers;
}

const Body = z.record(z.string(), z.unknown()).catch({});

/** A form to `/oauth/token`. */
export async function postToken(tenant: LocalTenant, form: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${tenant.origins.tenantHttp}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return readAnswer(response);
}

/** A sign-in that a browser has begun: the login page that it is shown, and what it must send back. */
export interface BegunSignIn {
  readonly transaction: string;
  readonly cookie: string;
  /** Posts the login page's form and follows nothing. */
  readonly post: (form: Record<string, string>) => Promise<Response>;
}

/** Opens the login page of the client `spa`. */
export async function beginSignIn(tenant: LocalTenant): Promise<BegunSignIn> {
  const page = await authorize(tenant, {});
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  const transaction = /name="transaction" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const post = (form: Record<string, string>): Promise<Response> =>
    fetch(`${tenant.origins.tenantHttp}/u/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ transaction, ...form }),
    });
  return { transaction, cookie, post };
}

/** An authorization request of the client `spa`, whose answer is not followed. */
export function authorize(tenant: LocalTenant, changed: Record<string, string>): Promise<Response> {
  const query = {
    response_type: 'code',
    client_id: 'spa',
    redirect_uri: callback,
    code_challenge: 'x',
    code_challenge_method: 'S256',
    ...changed,
  };
  return fetch(`${tenant.origins.tenantHttp}/authorize?${new URLSearchParams(query).toString()}`, {
    redirect: 'manual',
  });
}

/** A token of the Management API with these scopes; with all of the deploy client's when left out. */
export async function managementToken(tenant: LocalTenant, scope?: string[]): Promise<string> {
  const { clientId, clientSecret } = tenant.bootstrap;
  const { body } = await postToken(tenant, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience: `https://${tenant.domain}/api/v2/`,
    ...(scope && { scope: scope.join(' ') }),
  });
  return z.string().parse(body.access_token);
}

/** A request to the Management API; `path` below `/api/v2`. */
export async function manage(
  tenant: LocalTenant,
  token: string,
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${tenant.origins.tenantHttps}/api/v2${path}`, {
    method: init.method ?? 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
  });
  return readAnswer(response);
}

/** Reads an answer whose body is JSON or nothing. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body: Body.parse(json), json, headers: response.headers };
}
