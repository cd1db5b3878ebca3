import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRelay, type TestRelay } from '../../test/test-relay.ts';
import { ConfigError } from '../config.ts';

let relay: TestRelay;
let folder: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  mkdirSync(join(folder, 'assets'));
  const page = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">';
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'signed-in.html'), '<!doctype html><p>Signed in');
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'not for anybody');
  relay = await startTestRelay({ dashboard: { clientId: 'dashboardClient', folder } }, (end) =>
    ends.push(end),
  );
});
afterAll(async () => {
  await Promise.all(ends.map((end) => end()));
  rmSync(folder, { recursive: true });
});

describe('the dashboard', () => {
  it.each(['/', '/users', '/users/github%7C1001', '/users?state=missing', '/connections', '/tenant'])(
    'is at %s, with a nonce of its own each time',
    async (path) => {
      const [first, second] = await Promise.all([relay.call(path), relay.call(path)]);
      const nonceOf = async (response: Response): Promise<string> =>
        /content="([^"]+)"/.exec(await response.text())?.[1] ?? '';
      const nonce = await nonceOf(first);
      const policy = first.headers.get('content-security-policy') ?? '';
      expect(first.status).toBe(200);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ${relay.tenant.origins.tenantHttp};`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(first.headers.get('cache-control')).toBe('no-store');
      expect(await nonceOf(second)).not.toBe(nonce);
    },
  );

  it('serves built files to be kept, and nothing beside them', async () => {
    const asset = await relay.call('/assets/index-abc.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-type')).toContain('javascript');
    for (const path of ['/secret.txt', '/assets/..%2fsecret.txt', '/assets/../secret.txt', '/nowhere']) {
      const response = await relay.call(path);
      expect(response.status, path).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('not for anybody');
    }
  });

  it('shows people that there is no such page, and tells programs', async () => {
    for (const path of ['/nowhere', '/connections/', '/users/a/b']) {
      const forPeople = await relay.call(path, undefined, { headers: { accept: 'text/html,*/*;q=0.8' } });
      expect(forPeople.status).toBe(404);
      expect(forPeople.headers.get('content-type')).toContain('text/html');
      expect(forPeople.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await (await relay.call(path)).json()).toMatchObject({ code: 'route_not_found' });
    }
    const api = await relay.call('/v1/nowhere', undefined, { headers: { accept: 'text/html' } });
    expect(await api.json()).toMatchObject({ code: 'route_not_found' });
  });

  it('is told where to sign in', async () => {
    expect(await (await relay.call('/dashboard-settings.json')).json()).toEqual({
      tenant_origin: relay.tenant.origins.tenantHttp,
      client_id: 'dashboardClient',
      audience: 'https://relay.test/api',
    });
  });

  it('is not served unless configured, and must have been built', async () => {
    const without = await startTestRelay();
    expect((await without.call('/users')).status).toBe(404);
    await expect(
      startTestRelay({ dashboard: { clientId: 'x', folder: join(folder, 'nowhere') } }),
    ).rejects.toThrow(ConfigError);
  });
});
