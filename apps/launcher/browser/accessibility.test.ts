import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newDashboard, operatorAt, pageOf, useBrowser } from './dashboard.ts';

useBrowser();

const pages: [string, string, string][] = [
  ['users', '/users', 'Users'],
  ['nobody found', '/users?q=zzz', 'Users'],
  ['a user', pageOf('ada'), 'Ada Lovelace'],
  ['a user with things to do', pageOf('alan'), 'Alan Turing'],
  ['connections', '/connections', 'Connections'],
  ['tenant', '/tenant', 'Tenant'],
];

async function findViolations(page: Page): Promise<string[]> {
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, impact, nodes }) =>
      `${impact ?? ''} ${id}: ${nodes.map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`).join(' ')}`,
  );
}

describe.each(['light', 'dark'] as const)('axe finds nothing in %s colours', (colorScheme) => {
  it.each(pages)('on %s', async (_name, address, title) => {
    const { page } = await operatorAt(address, { colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('in what opens over a page', async () => {
    const { page } = await operatorAt(pageOf('ada'), { colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Revoke' }).first().click();
    await page.getByRole('dialog', { name: /Revoke the/ }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByLabel('Command').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('on the way in, and on a problem', async () => {
    const { page } = await newDashboard({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    const signedIn = await operatorAt('/users/github%7Cnobody-at-all', {
      colorScheme,
      reducedMotion: 'reduce',
    });
    await signedIn.page.getByRole('heading', { name: 'No such user' }).waitFor();
    expect(await findViolations(signedIn.page)).toEqual([]);
  });
});

it('dark colours are really dark, follow the system, and can be changed', async () => {
  const { page } = await operatorAt('/users', { colorScheme: 'dark' });
  const brightness = () =>
    page.evaluate<number>('Number(/\\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])');
  expect(await brightness()).toBeLessThan(80);
  await page.getByRole('button', { name: 'Change to light colours' }).click();
  expect(await brightness()).toBeGreaterThan(200);
});

it.each(pages)('nothing sticks out at 400 px: %s', async (_name, address, title) => {
  const { page } = await operatorAt(address, { viewport: { width: 400, height: 800 } });
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
});

const hasFocus = async (target: Locator): Promise<boolean> =>
  (await target.and(target.page().locator(':focus')).count()) > 0;

it('everything can be done by keyboard', async () => {
  const { page } = await operatorAt('/users');
  await page.getByRole('link', { name: /Ada Lovelace/ }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('linus');
  await page.getByText('1 user', { exact: true }).waitFor();
  const row = page.getByRole('link', { name: /Linus Torvalds/ });
  for (let presses = 0; presses < 10; presses += 1) {
    if (await hasFocus(row)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const check = page.getByRole('button', { name: 'Check now' });
  await check.waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    if (await hasFocus(check)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText('Revoked', { exact: true }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command' }).waitFor();
  await page.keyboard.type('tenant');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Tenant' }).waitFor();
});
