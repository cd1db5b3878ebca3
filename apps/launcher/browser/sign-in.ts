import { sampleEmail, samplePassword } from '@idp-relay/local-tenant';
import type { Page } from 'playwright-core';

/** Who signs in, and on the way to where. */
export interface SignIn {
  /** Of the API, which serves the dashboard. */
  readonly origin: string;
  /** Path of the page that is asked for. */
  readonly address: string;
  /** A sample person with a password at the tenant. */
  readonly handle: string;
}

/** Signs in with e-mail address and password; ends on the page that was asked for. */
export async function signInByPassword(page: Page, { origin, address, handle }: SignIn): Promise<void> {
  await page.goto(`${origin}${address}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await fillInPassword(page, handle);
  await page.waitForURL((url) => url.origin === origin && !url.searchParams.has('code'));
}

/** Fills in the tenant's login page. */
export async function fillInPassword(page: Page, handle: string): Promise<void> {
  await page.getByLabel('E-mail').fill(sampleEmail({ handle }));
  await page.getByLabel('Password').fill(samplePassword({ handle }));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
