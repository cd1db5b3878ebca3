import { describe, expect, it } from 'vitest';
import {
  authorize,
  beginSignIn,
  manage,
  managementToken,
  postToken,
  startTestTenant,
} from '../../test/requests.ts';
import { databaseConnection } from '../seed/sample-connections.ts';
import type { LocalTenant } from '../index.ts';

const told = (response: Response): Record<string, string> =>
  Object.fromEntries(new URL(response.headers.get('location') ?? 'about:blank').searchParams);

/** Disables a connection for a client, as an admin would. */
async function disable(tenant: LocalTenant, name: string, clientId: string): Promise<void> {
  const id = tenant.database.state.connections.find((connection) => connection.name === name)?.id ?? '';
  const answer = await manage(tenant, await managementToken(tenant), `/connections/${id}/clients`, {
    method: 'PATCH',
    body: [{ client_id: clientId, status: false }],
  });
  expect(answer.status).toBe(204);
}

describe('a connection that is not enabled for the client', () => {
  it('is refused by /authorize and by the login page', async () => {
    const tenant = await startTestTenant();
    await disable(tenant, 'github', 'spa');
    const disabled = { error: 'invalid_request', error_description: 'the connection was disabled' };
    expect(told(await authorize(tenant, { connection: 'github' }))).toMatchObject(disabled);
    const begun = await beginSignIn(tenant);
    expect(told(await begun.post({ connection: 'github' }))).toMatchObject(disabled);
  });

  it('is refused when it was disabled while somebody was at the IdP', async () => {
    const tenant = await startTestTenant();
    const begun = await beginSignIn(tenant);
    await begun.post({ connection: 'github' });
    await disable(tenant, 'github', 'spa');
    const back = await fetch(
      `${tenant.origins.tenantHttp}/login/callback?state=${begun.transaction}&code=x`,
      { headers: { cookie: begun.cookie }, redirect: 'manual' },
    );
    expect(told(back)).toMatchObject({ error: 'invalid_request' });
  });

  it('takes no passwords', async () => {
    const tenant = await startTestTenant();
    await disable(tenant, databaseConnection, 'spa');
    await disable(tenant, databaseConnection, 'machine');
    const operator = { username: 'operator@idp-relay.example', password: 'operator-sample-password' };
    const begun = await beginSignIn(tenant);
    const refused = await begun.post(operator);
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain('name="password"');
    const granted = await postToken(tenant, {
      grant_type: 'password',
      client_id: 'machine',
      client_secret: 'the-secret',
      ...operator,
    });
    expect(granted).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
  });
});

describe('a connection without a sample IdP', () => {
  it('is told to the client, by /authorize and by the login page', async () => {
    const tenant = await startTestTenant();
    const begun = await beginSignIn(tenant);
    for (const answer of [
      await authorize(tenant, { connection: 'acme-crm', state: 's' }),
      await begun.post({ connection: 'acme-crm' }),
    ]) {
      expect(told(answer)).toMatchObject({ error: 'invalid_request' });
      expect(told(answer).error_description).toContain('acme-crm');
    }
  });

  it('a name that no connection bears is told, too', async () => {
    const tenant = await startTestTenant();
    const begun = await beginSignIn(tenant);
    expect(told(await begun.post({ connection: 'nowhere' }))).toMatchObject({
      error: 'invalid_request',
      error_description: 'the connection was not found',
    });
  });

  it('a database connection leads to the login page', async () => {
    const tenant = await startTestTenant();
    const page = await authorize(tenant, { connection: databaseConnection });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('name="password"');
  });
});
