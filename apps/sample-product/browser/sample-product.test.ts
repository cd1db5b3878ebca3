import { AxeBuilder } from '@axe-core/playwright';
import { canary, samplePeople, sampleUserId } from '@idp-relay/local-tenant';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';

const origins = inject('origins');

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Chromium's own sandbox does not work for root, which is who runs in containers.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
afterAll(() => browser.close());

interface Opened {
  readonly page: Page;
  /** Everything that the relay has answered to this browser: headers and bodies. */
  readonly answers: readonly Promise<string>[];
}

/** A browser profile of its own. The test fails at its end if a script of the page did. */
async function open(options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ baseURL: origins.app, ...options });
  context.setDefaultTimeout(15_000);
  const errors: string[] = [];
  const answers: Promise<string>[] = [];
  context.on('weberror', (error) => void errors.push(error.error().message));
  context.on('response', (response) => {
    if (!response.url().startsWith(origins.relay)) return;
    const headers = response.allHeaders().then((all) => JSON.stringify(all));
    // What was cut off by leaving the page has no body to look at.
    answers.push(Promise.all([headers, response.text()]).then(String, () => ''));
  });
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
  const page = await context.newPage();
  await page.goto('/');
  return { page, answers };
}

/** Signs in through a sample IdP, by keyboard. */
async function signIn(page: Page, idp: 'GitHub' | 'Google', name: string): Promise<void> {
  await page.getByRole('button', { name: `Sign in with ${idp}` }).press('Enter');
  await chooseAccount(page, name);
}

async function chooseAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).first().press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Waits until Auth0 has sent the browser back: the app shows its buttons to sign in already while it leaves for there. */
async function signOut(page: Page): Promise<void> {
  const returned = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await returned;
}

const panel = (page: Page, name: string) => page.getByRole('region', { name });

/** Lets the IdP revoke or end the token of somebody's identity, or Auth0 forget it. */
async function spoilToken(action: 'revoke' | 'expire' | 'drop', handle: string): Promise<void> {
  const person = samplePeople.find((candidate) => candidate.handle === handle);
  if (person === undefined) throw new Error(`There is no sample person ${handle}.`);
  const response = await fetch(`${origins.control}/tokens/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: sampleUserId(person), connection: person.identities[0].connection }),
  });
  expect(response.status).toBe(204);
}

/** For a few seconds the relay goes by the profile that it has just read; it is asked until it reads a newer one. */
async function tryUntil(page: Page, service: string, text: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const again = panel(page, service).getByRole('button', { name: 'Try again' });
      if (await again.isVisible()) await again.click();
      await panel(page, service).getByText(text).waitFor({ timeout: 500 });
    },
    { timeout: 20_000, interval: 250 },
  );
}

describe('a token that is no longer good', () => {
  it('of GitHub is mended by one button, and no answer ever held one', async () => {
    const { page, answers } = await open();
    await signIn(page, 'GitHub', 'Ada Lovelace');
    await panel(page, 'Your repositories').getByText('ada/notes').waitFor();
    await panel(page, 'Your calendars').getByText('Ada Lovelace').waitFor();

    await spoilToken('revoke', 'ada');
    await page.reload();
    await panel(page, 'Your repositories').getByRole('button', { name: 'Reconnect GitHub' }).press('Enter');
    await chooseAccount(page, 'Ada Lovelace');
    await tryUntil(page, 'Your repositories', 'ada/notes');

    const said = (await Promise.all(answers)).join('\n');
    expect(said).toContain('ada/notes');
    expect(said).toContain('idp_token_revoked');
    expect(said).not.toContain(canary);
  });

  it('of Google is renewed unnoticed: the sign-in has asked for offline access', async () => {
    const { page } = await open();
    await signIn(page, 'Google', 'Alan Turing');
    await panel(page, 'Your calendars').getByText('Alan Turing').waitFor();
    await spoilToken('expire', 'alan');
    await page.reload();
    await panel(page, 'Your calendars').getByText('Alan Turing').waitFor();
  });

  it('of Google is reconnected as the relay’s link says, where nothing is left to renew', async () => {
    const { page } = await open();
    await signIn(page, 'Google', 'Grace Hopper');
    await panel(page, 'Your calendars').getByText('Grace Hopper').waitFor();
    await spoilToken('expire', 'grace');
    await spoilToken('drop', 'grace');
    await page.reload();
    await tryUntil(page, 'Your calendars', 'This app is not connected to your Google account.');
    await panel(page, 'Your calendars').getByRole('button', { name: 'Reconnect Google' }).press('Enter');
    await page.getByRole('button', { name: 'Grace Hopper' }).waitFor();
    // Google gives a refresh token for a second time only with consent, which the app knows from the relay alone.
    expect(new URL(page.url()).searchParams.get('prompt')).toBe('consent');
    await chooseAccount(page, 'Grace Hopper');
    await tryUntil(page, 'Your calendars', 'Grace Hopper');
  });
});

it('the session outlives a reload with nothing in the browser’s storage, and ends by the button', async () => {
  const { page } = await open();
  await signIn(page, 'Google', 'Grace Hopper');
  await page.reload();
  await page.getByText('Grace Hopper').first().waitFor();
  const { origins: kept } = await page.context().storageState({ indexedDB: true });
  expect(kept.filter(({ origin }) => origin === origins.app)).toEqual([]);
  expect(await page.evaluate<number>('sessionStorage.length')).toBe(0);
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
});

describe.each(['light', 'dark'] as const)('in %s colours, 400 px wide', (colorScheme) => {
  it('axe finds nothing, and nothing sticks out', async () => {
    const { page } = await open({ colorScheme, viewport: { width: 400, height: 800 } });
    await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
    await signIn(page, 'Google', 'Margaret Hamilton');
    await panel(page, 'Your calendars').getByText('Margaret Hamilton').waitFor();
    await panel(page, 'Your repositories').getByText('You have no GitHub account here.').waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});

async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ...(width > 400 ? [`${width} px wide`] : []),
  ];
}
