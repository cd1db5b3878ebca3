import type { Locator, Page } from 'playwright-core';
import { expect, inject, it, onTestFinished } from 'vitest';
import {
  control,
  newDashboard,
  pageOf,
  signIn,
  signInThrough,
  useBrowser,
  userIdOf,
  type Dashboard,
} from './dashboard.ts';
import { manage, setAction, setLogStream } from './management.ts';

useBrowser();

/** Longest wait for what the tenant tells, in ms. The relay looks by itself at a user again after a minute. */
const soon = 5_000;
const user = `/users/${encodeURIComponent(userIdOf('ada'))}`;

/** An operator who looks at Ada, and hears of changes. */
async function lookAtAda(): Promise<Dashboard> {
  const dashboard = await newDashboard();
  const { page } = dashboard;
  const listens = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/changes');
  await signIn(page, pageOf('ada'));
  expect((await listens).status()).toBe(200);
  await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
  // A page that was loaded anew would have it no more.
  await page.evaluate('globalThis.isTheSame = true');
  return dashboard;
}

/** Waits for what a page shows without being asked, and says how long it took. */
async function showsSoon(page: Page, what: string, sight: Locator): Promise<void> {
  const before = performance.now();
  await sight.waitFor({ timeout: soon });
  console.log(`${what}: seen after ${Math.round(performance.now() - before)} ms`);
  expect(await page.evaluate('globalThis.isTheSame')).toBe(true);
}

/** Takes Ada's GitHub token out of the tenant; the write after it is what the log stream tells of. */
async function takeTokenAway(): Promise<void> {
  await control('POST', '/tokens/drop', { user_id: userIdOf('ada'), connection: 'github' });
  await manage('PATCH', user, { user_metadata: { token: 'taken away' } });
}

/** How many notices of a kind the relay has taken. */
async function noticesBy(route: 'sign-in' | 'log-events'): Promise<number> {
  const metrics = await (await fetch(`${inject('origins').metrics}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => line.startsWith('idp_relay_requests_total{'));
  const line = lines.find((one) => one.includes(`/v1/notices/${route}"`) && one.includes('status="2xx"'));
  return Number(line?.split(' ').at(-1) ?? 0);
}

it.each([
  {
    way: 'the Action',
    heard: 'sign-in',
    unheard: 'log-events',
    silence: () => setLogStream('paused'),
    restore: () => setLogStream('active'),
  },
  {
    way: 'the log stream alone',
    heard: 'log-events',
    unheard: 'sign-in',
    silence: () => setAction(false),
    restore: () => setAction(true),
  },
] as const)('a sign-in changes the verdict that is on the screen, by $way', async (told) => {
  const { page } = await lookAtAda();
  const card = page.getByRole('article', { name: /GitHub/ });
  await takeTokenAway();
  await showsSoon(page, 'a token that was taken away', card.getByText('Missing', { exact: true }));

  onTestFinished(told.restore);
  await told.silence();
  const before = { heard: await noticesBy(told.heard), unheard: await noticesBy(told.unheard) };
  const { page: hers } = await newDashboard();
  await signInThrough(hers, 'Continue with GitHub', 'Ada Lovelace');
  await showsSoon(page, `a sign-in, by ${told.way}`, card.getByText('Usable', { exact: true }));
  expect(await noticesBy(told.heard)).toBeGreaterThan(before.heard);
  expect(await noticesBy(told.unheard)).toBe(before.unheard);
});

it('a block and its end, by the Management API, change the page that is on the screen', async () => {
  const { page } = await lookAtAda();
  const setBlocked = (blocked: boolean): Promise<unknown> => manage('PATCH', user, { blocked });
  onTestFinished(() => setBlocked(false).then(() => undefined));
  await setBlocked(true);
  await showsSoon(
    page,
    'a block',
    page.getByText('Nothing can be called: the user is blocked in the tenant.'),
  );
  await setBlocked(false);
  await showsSoon(page, 'its end', page.getByText('Both identities can be called.'));
});
