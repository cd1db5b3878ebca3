import { samplePeople, sampleUserId } from '@idp-relay/local-tenant';
import type { Page } from 'playwright-core';
import type { Artifact } from '../src/leak-search.ts';
import { launchChromium } from './chromium.ts';
import { record } from './recorder.ts';
import { signInByPassword } from './sign-in.ts';

/**
 * Opens every page of the dashboard as an operator, makes every check that is on offer, and gathers every answer that the
 * browser received and all that it keeps.
 * @param origin of the API, which serves the dashboard
 * @throws ChromiumMissingError
 */
export async function driveBrowser(origin: string): Promise<Artifact[]> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ baseURL: origin });
    const recorder = record(context);
    const page = await context.newPage();
    await signInByPassword(page, { origin, address: '/users', handle: 'operator' });
    await clickThrough(page);
    const kept = await readStorage(page, origin);
    // The page listens to a stream of events for as long as it is there.
    await page.goto('about:blank');
    return [...(await recorder.answers()), kept];
  } finally {
    await browser.close();
  }
}

async function clickThrough(page: Page): Promise<void> {
  for (const person of samplePeople) {
    await page.goto(`/users/${encodeURIComponent(sampleUserId(person))}`);
    await page.getByRole('article').first().waitFor();
    for (const check of await page.getByRole('button', { name: 'Check now' }).all()) {
      const answer = page.waitForResponse((response) => response.url().includes('/check'));
      await check.click();
      await answer;
    }
  }
  for (const address of ['/users?q=a', '/users?state=missing', '/connections', '/tenant', '/signed-in']) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  }
}

/** All that the browser keeps for an origin: cookies, local and session storage, databases. */
async function readStorage(page: Page, origin: string): Promise<Artifact> {
  const { cookies, origins } = await page.context().storageState({ indexedDB: true });
  const session = await page.evaluate<string>('JSON.stringify({ ...sessionStorage })');
  return {
    source: `what the browser keeps for ${origin}`,
    text: JSON.stringify({ cookies, origins: origins.filter((kept) => kept.origin === origin), session }),
  };
}
