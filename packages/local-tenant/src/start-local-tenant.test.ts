import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PortUnavailableError, startLocalTenant } from './index.ts';

it('keeps its id, keys and certificates from one start to the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-tenant-'));
  const first = await startLocalTenant({ folder });
  const keys = first.database.state.signingKeys.map((key) => key.kid);
  await first.close();
  const second = await startLocalTenant({ folder });
  expect(second.tenantId).toBe(first.tenantId);
  expect(second.authority).toBe(first.authority);
  expect(second.database.state.signingKeys.map((key) => key.kid)).toEqual(keys);
  await second.close();
  expect((await stat(join(folder, 'server-key.pem'))).mode & 0o077).toBe(0);
  expect((await stat(join(folder, 'tenant.json'))).mode & 0o077).toBe(0);
  expect(await readFile(join(folder, 'ca.pem'), 'utf8')).not.toContain('PRIVATE');
  await rm(folder, { recursive: true });
});

it('seeds the same tokens at every start', async () => {
  const tokens = async (): Promise<unknown> => {
    const tenant = await startLocalTenant();
    await tenant.close();
    return tenant.database.state.users.map((user) =>
      user.identities.map((identity) => identity.access_token),
    );
  };
  expect(await tokens()).toEqual(await tokens());
});

it('says which port is taken, and leaves none of its own open', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const ports = { tenantHttps: 0, tenantHttp: 0, idpsHttps: 0, idpsHttp: taken, control: 0 };
  const failure = await startLocalTenant({ ports }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PortUnavailableError);
  expect(failure).toMatchObject({ code: 'port_unavailable', port: taken });
  other.close();
});
