import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../src/local-paths.ts';
import { operatorAt, pageOf, useBrowser } from './dashboard.ts';

useBrowser();

/** `SCREENSHOTS=keep` puts them where the README shows them; otherwise they are there to be looked at. */
const folder =
  process.env.SCREENSHOTS === 'keep'
    ? join(projectFolder, 'apps', 'admin', 'screenshots')
    : join(projectFolder, '.data', 'screenshots');

it.each(['light', 'dark'] as const)('the main pages in %s colours', async (colorScheme) => {
  mkdirSync(folder, { recursive: true });
  const { page } = await operatorAt('/users', {
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 1200, height: 800 },
  });
  for (const [name, address, title] of [
    ['users', '/users', 'Users'],
    ['user', pageOf('frances'), 'Frances Allen'],
    ['connections', '/connections', 'Connections'],
    ['tenant', '/tenant', 'Tenant'],
  ] as const) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    const picture = await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
    expect(picture.byteLength).toBeGreaterThan(10_000);
  }
});
