import { describe, expect, inject, it } from 'vitest';
import {
  control,
  newDashboard,
  operatorAt,
  pageOf,
  signIn,
  signInThrough,
  useBrowser,
  userIdOf,
} from './dashboard.ts';
import { fillInPassword } from './sign-in.ts';

useBrowser();

describe('signing in', () => {
  it('through a sample IdP, as an operator whose Google account is linked', async () => {
    const { page } = await newDashboard();
    await signInThrough(page, 'Continue with Google', 'Olive Operator');
    await page.getByRole('link', { name: /Ada Lovelace/ }).waitFor();
    await page.getByRole('button', { name: 'Signed in as Olive Operator' }).waitFor();
  });

  it('comes back to the page that was asked for', async () => {
    const { page } = await operatorAt(pageOf('ada'));
    await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
  });

  it('outlives a reload, with nothing in the browser’s storage', async () => {
    const { page } = await operatorAt('/tenant');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Tenant' }).waitFor();
    const { origins } = await page.context().storageState({ indexedDB: true });
    expect(origins.filter(({ origin }) => origin === inject('origins').api)).toEqual([]);
    expect(await page.evaluate<number>('sessionStorage.length')).toBe(0);
  });

  it('is not undone by the browser’s way back', async () => {
    const { page } = await operatorAt('/users');
    await page.getByRole('link', { name: /Ada Lovelace/ }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: /Ada Lovelace/ }).waitFor();
  });

  it('ends with a sign-out, here and at the tenant', async () => {
    const { page } = await operatorAt('/users');
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Password').waitFor();
  });
});

describe('losing the session', () => {
  it('is told, and a sign-in leads back', async () => {
    const { page } = await newDashboard();
    await page.clock.install();
    await signIn(page, pageOf('ada'));
    await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
    await control('POST', '/sessions/end', { user_id: userIdOf('operator') });
    // The access token in memory ends by itself; only then is the tenant asked for another one.
    await page.clock.fastForward('30:00:00');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await page.clock.setSystemTime(new Date());
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await fillInPassword(page, 'operator');
    await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(pageOf('ada'));
  });
});

describe('lacking the permission', () => {
  it('tells what to ask for, and from whom', async () => {
    const { page } = await newDashboard();
    await signInThrough(page, 'Continue with GitHub', 'Nemo Nobody');
    const alert = page.getByRole('alert');
    await alert.getByRole('heading', { name: 'You may not see this' }).waitFor();
    const text = await alert.innerText();
    expect(text).toContain('nobody@idp-relay.example');
    expect(text).toContain('inspect:identities');
    expect(text).toContain('IdP Relay Auditor');
    expect(text).toContain(new URL(inject('origins').tenant).host);
    await alert.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByLabel('Password').waitFor();
  });
});

describe('when Auth0 or the relay is in trouble', () => {
  it('a used-up rate limit is told with the time to wait', async () => {
    const { page } = await operatorAt('/users');
    await page.getByRole('link', { name: /Ada Lovelace/ }).waitFor();
    await control('POST', '/faults', {
      service: 'management',
      status: 429,
      // Longer than the relay lets anybody wait.
      headers: { 'retry-after': '16' },
      times: 1,
    });
    await page.getByRole('searchbox').fill('gra');
    await page.getByRole('heading', { name: 'Auth0’s rate limit is used up' }).waitFor();
    await page.getByRole('button', { name: /Try again in \d+ s/ }).waitFor();
    await page.getByRole('button', { name: 'Try again', exact: true }).click({ timeout: 30_000 });
    await page.getByRole('link', { name: /Grace Hopper/ }).waitFor();
  });

  it('a relay that does not answer is told, and tried again', async () => {
    const { page } = await operatorAt('/tenant');
    await page.getByRole('heading', { level: 1, name: 'Tenant' }).waitFor();
    await page.route('**/v1/connections', (route) => route.abort());
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('heading', { name: 'The relay does not answer' }).waitFor();
    await page.unroute('**/v1/connections');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('article', { name: 'github' }).waitFor();
  });
});
