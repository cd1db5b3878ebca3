import { samplePeople, sampleUserId } from '@idp-relay/local-tenant';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';
import { record, type Recorder } from './recorder.ts';
import { signInByPassword } from './sign-in.ts';

/** A browser with a page of its own. */
export interface Dashboard {
  readonly page: Page;
  readonly recorder: Recorder;
}

let browser: Browser;

/** One browser for all tests of a file; every test gets a profile of its own in it. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
}

/** A new profile. At its end the test fails if the browser complained of anything. */
export async function newDashboard(options: BrowserContextOptions = {}): Promise<Dashboard> {
  const context = await browser.newContext({ baseURL: inject('origins').api, ...options });
  context.setDefaultTimeout(10_000);
  const recorder = record(context);
  onTestFinished(async () => {
    await context.close();
    expect(recorder.errors).toEqual([]);
  });
  return { page: await context.newPage(), recorder };
}

/** Signs in with e-mail address and password, and stays on the page whose address was asked for. */
export function signIn(page: Page, address = '/', handle = 'operator'): Promise<void> {
  return signInByPassword(page, { origin: inject('origins').api, address, handle });
}

/** Signs in through a sample IdP. */
export async function signInThrough(page: Page, idp: string, account: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('link', { name: idp })
    .or(page.getByRole('button', { name: idp }))
    .click();
  await page.getByRole('button', { name: account }).click();
  await page.waitForURL((url) => url.origin === inject('origins').api && !url.searchParams.has('code'));
}

/** A new profile in which the sample operator is signed in. */
export async function operatorAt(address: string, options: BrowserContextOptions = {}): Promise<Dashboard> {
  const dashboard = await newDashboard(options);
  await signIn(dashboard.page, address);
  return dashboard;
}

/** The `user_id` of a sample person. */
export function userIdOf(handle: string): string {
  const person = samplePeople.find((candidate) => candidate.handle === handle);
  if (person === undefined) throw new Error(`There is no sample person ${handle}.`);
  return sampleUserId(person);
}

/** The address of a sample person's page. */
export function pageOf(handle: string): string {
  return `/users/${encodeURIComponent(userIdOf(handle))}`;
}

/** Does something to the tenant behind everybody's back; see the local tenant's README. */
export async function control(method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${inject('origins').control}${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(204);
}
