import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployed, scopesForTenant } from '@idp-relay/tenant-doctor';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment, tenantFolder } from './environment.ts';
import { logStreamName } from './log-stream-deployment.ts';
import { readFilledTenantFile } from './tenant-file.ts';
import { doctorClientName, unwantedClients } from './unwanted-clients.ts';

const text = readFileSync(join(tenantFolder, 'tenant.yaml'), 'utf8');
const names = readdirSync(join(tenantFolder, 'environments')).map((file) => file.replace('.json', ''));

const Tenant = z.looseObject({
  resourceServers: z.array(
    z.looseObject({
      identifier: z.string(),
      scopes: z.array(z.object({ value: z.string(), description: z.string() })),
    }),
  ),
  clients: z.array(
    z.looseObject({
      name: z.string(),
      token_endpoint_auth_method: z.string().optional(),
      grant_types: z.array(z.string()),
    }),
  ),
  clientGrants: z.array(
    z.object({ client_id: z.string(), audience: z.string(), scope: z.array(z.string()) }),
  ),
  roles: z.array(
    z.looseObject({
      name: z.string(),
      permissions: z.array(z.object({ permission_name: z.string() }).loose()),
    }),
  ),
});
/** Filled in as the CLI does it: words as they are, lists as JSON. */
const tenant = Tenant.parse(parse(text.replace(/##(\w+)##/g, '$1').replace(/@@(\w+)@@/g, '[]')));

describe('tenant.yaml', () => {
  it('grants the relay’s client exactly two scopes of the Management API', () => {
    const grant = tenant.clientGrants.find(({ client_id }) => client_id === 'IdP Relay API');
    expect(grant).toEqual({
      client_id: 'IdP Relay API',
      audience: 'https://AUTH0_DOMAIN/api/v2/',
      scope: ['read:users', 'read:user_idp_tokens'],
    });
    const opening = tenant.clientGrants.filter(({ scope }) =>
      scope.some((one) => /users|idp_tokens/.test(one)),
    );
    expect(opening.map(({ client_id: name }) => name)).toEqual(['IdP Relay API', 'Sample Backend']);
  });
  it('grants the doctor’s client what its checks read, and no secret', () => {
    const grant = tenant.clientGrants.find(({ client_id }) => client_id === 'IdP Relay Doctor');
    expect(grant).toEqual({
      client_id: 'IdP Relay Doctor',
      audience: 'https://AUTH0_DOMAIN/api/v2/',
      scope: scopesForTenant(),
    });
  });
  it('brings what the doctor takes for granted of every deployment', () => {
    const names = tenant.clients.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([deployed.relayClient, deployed.dashboardClient]));
    expect(deployed.logStream).toBe(logStreamName);
    expect(
      tenant.roles.map(({ name, permissions }) => ({
        name,
        permissions: permissions.map(({ permission_name: permission }) => permission),
      })),
    ).toEqual(deployed.roles);
    expect(tenant.resourceServers).toMatchObject([{ token_lifetime: deployed.tokenLifetimeSeconds }]);
  });
  it('has role-based access control on, and the permissions of the relay’s routes', () => {
    expect(tenant.resourceServers).toMatchObject([
      { enforce_policies: true, token_dialect: 'access_token_authz', signing_alg: 'RS256' },
    ]);
    const scopes = tenant.resourceServers[0]?.scopes.map(({ value }) => value) ?? [];
    expect(scopes).toEqual(['call:idp', 'call:idp_for_users', 'inspect:identities', 'revoke:identities']);
    const used = [
      ...tenant.roles.flatMap(({ permissions }) => permissions.map(({ permission_name }) => permission_name)),
      'call:idp_for_users',
    ];
    expect(scopes).toEqual(expect.arrayContaining(used));
  });
  it('keeps browsers’ clients public, machines’ clients to client credentials, and Token Vault’s to its exchange', () => {
    const vaultGrant = 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token';
    for (const client of tenant.clients) {
      if (client.name.startsWith('IdP Relay Token Vault')) {
        expect(client.grant_types).toEqual([vaultGrant]);
        expect(client.token_endpoint_auth_method).not.toBe('none');
        continue;
      }
      const isPublic = client.token_endpoint_auth_method === 'none';
      expect(client.grant_types).toEqual(
        isPublic ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
      );
    }
  });
  it('holds no secret', () => {
    expect(text).not.toMatch(/client_secret:|secret:/);
  });
  it('manages four kinds of resource and no other', () => {
    expect(
      Object.keys(
        z.looseObject({}).parse(parse(text.replace(/##(\w+)##/g, '$1').replace(/@@(\w+)@@/g, '[]'))),
      ),
    ).toEqual(['resourceServers', 'clients', 'clientGrants', 'roles']);
  });
});

describe('what plan, export and deployment take of it', () => {
  const Taken = z.object({
    clients: z.array(z.looseObject({ name: z.string() })),
    clientGrants: z.array(z.looseObject({ client_id: z.string() })),
  });
  it.each([
    [true, [doctorClientName], []],
    [false, [], [doctorClientName]],
  ])('has the doctor’s client and its grant where the environment says so: %s', (doctor, there, unwanted) => {
    const environment = { ...readEnvironment('local'), doctor };
    const { clients, clientGrants } = Taken.parse(readFilledTenantFile(environment));
    expect(clients.filter(({ name }) => name === doctorClientName).map(({ name }) => name)).toEqual(there);
    expect(
      clientGrants
        .filter(({ client_id: name }) => name === doctorClientName)
        .map(({ client_id: name }) => name),
    ).toEqual(there);
    expect(clientGrants.map(({ client_id: name }) => name)).toContain('IdP Relay API');
    // What the deploy CLI is told to leave alone.
    expect(unwantedClients(environment)).toEqual(unwanted);
  });
  it('has it in no environment but the local one', () => {
    expect(names.filter((name) => readEnvironment(name).doctor)).toEqual(['local']);
  });
});

describe.each(names)('the environment %s', (name) => {
  it('is right, and fills in just what tenant.yaml asks for', () => {
    const { keywords } = readEnvironment(name);
    const withoutComments = text.replace(/^\s*#(?!#).*$/gm, '');
    const used = new Set([...withoutComments.matchAll(/(?:##|@@)(\w+)(?:##|@@)/g)].map(([, word]) => word));
    used.delete('AUTH0_DOMAIN');
    expect(new Set(Object.keys(keywords))).toEqual(used);
  });
});
