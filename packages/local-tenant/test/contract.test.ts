import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LocalTenant } from '../src/index.ts';
import { audience, manage, managementToken, postToken, startTestTenant } from './requests.ts';

/** Auth0's own description of its APIs lies beside the project where the project is developed, and nowhere else. */
const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'contract');
const isThere = existsSync(folder);
if (!isThere) process.stderr.write('Contract tests are skipped: ../shared/contract is not there.\n');

const Operation = z.looseObject({
  responses: z.record(
    z.string(),
    z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })).optional() }),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({}).optional(),
});

function readDocument(name: string): z.infer<typeof Document> {
  return Document.parse(JSON.parse(readFileSync(join(folder, `auth0-${name}-api.openapi.json`), 'utf8')));
}

/** Says what is wrong with an answer by the document, or nothing. */
function createContract(
  name: string,
): (method: string, path: string, status: number, body: unknown) => string[] {
  const document = readDocument(name);
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'contract', ...document });
  return (method, path, status, body) => {
    const operation = Operation.parse(document.paths[path]?.[method.toLowerCase()]);
    const response = operation.responses[String(status)];
    if (response === undefined)
      return [`status ${status} is not one of ${Object.keys(operation.responses).join(', ')}`];
    const schema = response.content?.['application/json']?.schema;
    if (schema === undefined) return [];
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ]
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = ajv.compile({ $ref: `contract#/${pointer}` });
    if (validate(withoutExpiresIn(body))) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
    );
  };
}

/** Real answers carry `expires_in`, as Auth0's guide to IdP tokens shows; the description forgets it. */
function withoutExpiresIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExpiresIn);
  if (typeof value !== 'object' || value === null) return value;
  const isIdentity = 'isSocial' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !(isIdentity && name === 'expires_in'))
      .map(([name, inner]) => [name, withoutExpiresIn(inner)]),
  );
}

const Executions = z.array(z.looseObject({ id: z.string() }));
const passwordOf = (tenant: LocalTenant): { username: string; password: string } => {
  const { email = '', password = '' } =
    tenant.database.state.users.find((user) => user.password !== undefined) ?? {};
  return { username: email, password };
};

describe.skipIf(!isThere)('the Management API answers as Auth0’s own description says', () => {
  const setUp = async () => {
    const tenant = await startTestTenant();
    const check = createContract('management');
    const token = await managementToken(tenant);
    const exchange = async (
      method: string,
      template: string,
      path: string,
      body?: unknown,
      isRefused = false,
    ) => {
      const answer = await manage(tenant, token, path, { method, ...(body !== undefined && { body }) });
      expect([method, path, answer.status >= 400, answer.json]).toEqual([
        method,
        path,
        isRefused,
        answer.json,
      ]);
      expect([method, path, answer.status, check(method, template, answer.status, answer.json)]).toEqual([
        method,
        path,
        answer.status,
        [],
      ]);
      return answer;
    };
    return { tenant, exchange };
  };
  const ada = '/users/github%7C1001';

  it('users', async () => {
    const { exchange } = await setUp();
    await exchange('GET', '/users', '/users');
    await exchange('GET', '/users', '/users?include_totals=true&per_page=2');
    await exchange('GET', '/users', '/users?q=name:(', undefined, true);
    await exchange('GET', '/users/{id}', ada);
    await exchange('GET', '/users/{id}', '/users/github%7C0', undefined, true);
    await exchange('GET', '/users/{id}', '/users/nonsense', undefined, true);
    await exchange('PATCH', '/users/{id}', ada, { blocked: true });
    await exchange('PATCH', '/users/{id}', ada, { identities: [] }, true);
    const made = await exchange('POST', '/users', '/users', {
      connection: 'Username-Password-Authentication',
      email: 'x@y.example',
      password: 'p',
    });
    await exchange('POST', '/users/{id}/identities', `${ada}/identities`, {
      provider: 'auth0',
      user_id: String(made.body.user_id).split('|')[1],
    });
    await exchange('GET', '/users/{id}/roles', `${ada}/roles`);
    await exchange('GET', '/users/{id}/permissions', `${ada}/permissions`);
    await exchange('DELETE', '/users/{id}', ada);
    await exchange('DELETE', '/users/{id}', ada);
  });

  it('clients and client grants', async () => {
    const { exchange } = await setUp();
    await exchange('GET', '/clients', '/clients');
    await exchange('GET', '/clients', '/clients?include_totals=true&is_global=false');
    const { body } = await exchange('POST', '/clients', '/clients', {
      name: 'one',
      app_type: 'non_interactive',
    });
    const id = z.string().parse(body.client_id);
    await exchange('GET', '/clients/{id}', `/clients/${id}`);
    await exchange('GET', '/clients/{id}', '/clients/nobody', undefined, true);
    await exchange('PATCH', '/clients/{id}', `/clients/${id}`, { name: 'two' });
    await exchange('POST', '/clients/{id}/rotate-secret', `/clients/${id}/rotate-secret`);
    const wanted = { client_id: id, audience, scope: ['call:idp'] };
    const grant = await exchange('POST', '/client-grants', '/client-grants', wanted);
    await exchange('POST', '/client-grants', '/client-grants', wanted, true);
    await exchange('POST', '/client-grants', '/client-grants', { ...wanted, scope: ['unheard:of'] }, true);
    await exchange('GET', '/client-grants', '/client-grants?include_totals=true&take=1');
    await exchange('PATCH', '/client-grants/{id}', `/client-grants/${String(grant.body.id)}`, { scope: [] });
    await exchange('DELETE', '/client-grants/{id}', `/client-grants/${String(grant.body.id)}`);
    await exchange('DELETE', '/clients/{id}', `/clients/${id}`);
  });

  it('resource servers, roles and connections', async () => {
    const { exchange } = await setUp();
    await exchange('GET', '/resource-servers', '/resource-servers?include_totals=true');
    const server = await exchange('POST', '/resource-servers', '/resource-servers', {
      identifier: 'https://x.example',
      name: 'x',
      scopes: [{ value: 'a', description: 'A' }],
    });
    await exchange('GET', '/resource-servers/{id}', `/resource-servers/${String(server.body.id)}`);
    await exchange('PATCH', '/resource-servers/{id}', `/resource-servers/${String(server.body.id)}`, {
      name: 'y',
    });
    await exchange(
      'POST',
      '/resource-servers',
      '/resource-servers',
      { identifier: 'https://x.example' },
      true,
    );
    const role = await exchange('POST', '/roles', '/roles', { name: 'r', description: 'R' });
    const path = `/roles/${String(role.body.id)}`;
    const permissions = {
      permissions: [{ resource_server_identifier: 'https://x.example', permission_name: 'a' }],
    };
    await exchange('GET', '/roles', '/roles?include_totals=true');
    await exchange('GET', '/roles/{id}', path);
    await exchange('PATCH', '/roles/{id}', path, { description: 'S' });
    await exchange('POST', '/roles/{id}/permissions', `${path}/permissions`, permissions);
    await exchange('GET', '/roles/{id}/permissions', `${path}/permissions`);
    await exchange('POST', '/roles/{id}/users', `${path}/users`, { users: ['github|1001'] });
    await exchange('GET', '/roles/{id}/users', `${path}/users`);
    await exchange('DELETE', '/roles/{id}/permissions', `${path}/permissions`, permissions);
    await exchange('DELETE', '/roles/{id}', path);
    await exchange('DELETE', '/resource-servers/{id}', `/resource-servers/${String(server.body.id)}`);
    await exchange('GET', '/connections', '/connections?take=3');
    const connection = await exchange('POST', '/connections', '/connections', {
      name: 'c',
      strategy: 'github',
      options: {},
    });
    await exchange('GET', '/connections/{id}', `/connections/${String(connection.body.id)}`);
    await exchange('PATCH', '/connections/{id}', `/connections/${String(connection.body.id)}`, {
      options: { scope: ['a'] },
    });
    await exchange(
      'PATCH',
      '/connections/{id}/clients',
      `/connections/${String(connection.body.id)}/clients`,
      [{ client_id: 'spa', status: true }],
    );
    await exchange('GET', '/connections/{id}/clients', `/connections/${String(connection.body.id)}/clients`);
    await exchange('DELETE', '/connections/{id}', `/connections/${String(connection.body.id)}`);
  });

  it('actions and triggers', async () => {
    const { tenant, exchange } = await setUp();
    const made = await exchange('POST', '/actions/actions', '/actions/actions', {
      name: 'a',
      code: 'exports.onExecutePostLogin = async () => { throw new Error("No."); };',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      secrets: [{ name: 'KEY', value: 'v' }],
      dependencies: [],
    });
    const path = `/actions/actions/${String(made.body.id)}`;
    await exchange('GET', '/actions/actions', '/actions/actions?triggerId=post-login&deployed=false');
    await exchange('GET', '/actions/actions', '/actions/actions?include_totals=true', undefined, true);
    await exchange('GET', '/actions/actions/{id}', path);
    await exchange('GET', '/actions/actions/{id}', '/actions/actions/nobody', undefined, true);
    await exchange('PATCH', '/actions/actions/{id}', path, { code: 'exports.x = 1;' });
    await exchange('PATCH', '/actions/actions/{id}', path, { nonsense: 1 }, true);
    const version = await exchange('POST', '/actions/actions/{id}/deploy', `${path}/deploy`);
    const one = `${path}/versions/${String(version.body.id)}`;
    await exchange('GET', '/actions/actions/{actionId}/versions', `${path}/versions`);
    await exchange('GET', '/actions/actions/{actionId}/versions/{id}', one);
    await exchange('GET', '/actions/actions/{actionId}/versions/{id}', `${path}/versions/x`, undefined, true);
    await exchange('POST', '/actions/actions/{actionId}/versions/{id}/deploy', `${one}/deploy`);
    await exchange('GET', '/actions/triggers', '/actions/triggers');
    const bindings = '/actions/triggers/post-login/bindings';
    await exchange('PATCH', '/actions/triggers/{triggerId}/bindings', bindings, {
      bindings: [{ ref: { type: 'action_name', value: 'a' }, display_name: 'A' }],
    });
    await exchange('GET', '/actions/triggers/{triggerId}/bindings', bindings);
    await exchange('GET', '/actions/modules', '/actions/modules?page=0&per_page=100');
    await postToken(tenant, {
      ...{ grant_type: 'password', client_id: 'machine', client_secret: 'the-secret', audience },
      ...passwordOf(tenant),
    });
    const answer = await fetch(`${tenant.controlOrigin}/executions`);
    const [execution] = Executions.parse(await answer.json());
    await exchange('GET', '/actions/executions/{id}', `/actions/executions/${execution?.id ?? ''}`);
    await exchange('GET', '/actions/executions/{id}', '/actions/executions/x', undefined, true);
    await exchange('DELETE', '/actions/actions/{id}', path, undefined, true);
    await exchange('DELETE', '/actions/actions/{id}', `${path}?force=true`);
  });

  it('logs', async () => {
    const { exchange } = await setUp();
    await exchange('PATCH', '/users/{id}', ada, { blocked: true });
    await exchange('DELETE', '/users/{id}', ada);
    await exchange('GET', '/clients', '/clients');
    const all = await exchange('GET', '/logs', '/logs');
    await exchange('GET', '/logs', '/logs?page=0&per_page=2&include_totals=true&sort=date:1');
    await exchange('GET', '/logs', '/logs?take=2');
    await exchange('GET', '/logs', '/logs?from=nonsense', undefined, true);
    const [{ log_id: id } = { log_id: '' }] = z.array(z.looseObject({ log_id: z.string() })).parse(all.json);
    await exchange('GET', '/logs/{id}', `/logs/${id}`);
    await exchange('GET', '/logs/{id}', '/logs/900', undefined, true);
  });

  it('log streams and tenant settings', async () => {
    const { exchange } = await setUp();
    const sink = { httpEndpoint: 'https://hooks.example/logs', httpContentFormat: 'JSONARRAY' };
    const stream = {
      type: 'http',
      name: 'hook',
      sink,
      filters: [{ type: 'category', name: 'user.success' }],
    };
    const made = await exchange('POST', '/log-streams', '/log-streams', stream);
    const path = `/log-streams/${String(made.body.id)}`;
    await exchange('POST', '/log-streams', '/log-streams', { ...stream, type: 'splunk' }, true);
    await exchange('GET', '/log-streams', '/log-streams');
    await exchange('GET', '/log-streams/{id}', path);
    await exchange('GET', '/log-streams/{id}', '/log-streams/lst_0', undefined, true);
    await exchange('PATCH', '/log-streams/{id}', path, { status: 'paused', name: 'other' });
    await exchange('PATCH', '/log-streams/{id}', path, { sink: { httpEndpoint: 'ftp://x.example' } }, true);
    await exchange('DELETE', '/log-streams/{id}', path);
    await exchange('GET', '/tenants/settings', '/tenants/settings');
    await exchange('GET', '/tenants/settings', '/tenants/settings?fields=flags');
  });
  it('custom domains', async () => {
    const { exchange } = await setUp();
    const domain = { domain: 'login.example.com', type: 'auth0_managed_certs' };
    const made = await exchange('POST', '/custom-domains', '/custom-domains', domain);
    const path = `/custom-domains/${String(made.body.custom_domain_id)}`;
    await exchange('GET', '/custom-domains', '/custom-domains');
    await exchange('GET', '/custom-domains/{id}', path);
    await exchange('POST', '/custom-domains/{id}/verify', `${path}/verify`);
    await exchange('DELETE', '/custom-domains/{id}', path);
  });

  it('asks for no scope that Auth0 would not, and for none that Auth0 does not take', async () => {
    const tenant: LocalTenant = await startTestTenant();
    const { paths } = readDocument('management');
    const none = await managementToken(tenant, ['read:tenant_settings']);
    for (const [method, template, path] of [
      ['get', '/users', '/users'],
      ['get', '/users/{id}', ada],
      ['get', '/clients', '/clients'],
      ['get', '/client-grants', '/client-grants'],
      ['get', '/resource-servers', '/resource-servers'],
      ['get', '/roles', '/roles'],
      ['get', '/connections', '/connections'],
      ['get', '/actions/actions', '/actions/actions'],
      ['get', '/actions/triggers', '/actions/triggers'],
      ['patch', '/actions/triggers/{triggerId}/bindings', '/actions/triggers/post-login/bindings'],
      ['post', '/actions/actions/{id}/deploy', '/actions/actions/x/deploy'],
      ['post', '/actions/actions', '/actions/actions'],
      ['get', '/log-streams', '/log-streams'],
      ['get', '/logs', '/logs'],
      ['get', '/custom-domains', '/custom-domains'],
      ['post', '/custom-domains', '/custom-domains'],
      ['post', '/log-streams', '/log-streams'],
      ['post', '/clients', '/clients'],
      ['post', '/roles', '/roles'],
    ] as const) {
      const { security = [] } = Operation.parse(paths[template]?.[method]);
      const documented = security.flatMap((requirement) => requirement.oAuth2ClientCredentials ?? []);
      const refused = await manage(tenant, none, path, {
        method: method.toUpperCase(),
        ...(method === 'post' && { body: {} }),
      });
      expect(refused.status).toBe(403);
      const expected =
        String(refused.body.message).split(': ')[1] ?? String(refused.body.message).split('of:')[1] ?? '';
      expect(documented).toEqual(expect.arrayContaining(expected.trim().split(',')));
    }
  });
});

describe.skipIf(!isThere)('the Authentication API answers as Auth0’s own description says', () => {
  it('tokens and refusals', async () => {
    const tenant = await startTestTenant();
    const check = createContract('authentication');
    const good = {
      grant_type: 'client_credentials',
      client_id: 'machine',
      client_secret: 'the-secret',
      audience,
    };
    const answer = await postToken(tenant, good);
    expect(check('POST', '/oauth/token', answer.status, answer.json)).toEqual([]);
    const discovery = await fetch(`${tenant.origins.tenantHttps}/.well-known/openid-configuration`);
    expect(z.looseObject({ issuer: z.string() }).parse(await discovery.json()).issuer).toBe(
      `${tenant.origins.tenantHttps}/`,
    );
  });
});
