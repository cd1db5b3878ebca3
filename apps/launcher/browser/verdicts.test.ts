import { describe, expect, it } from 'vitest';
import { control, operatorAt, pageOf, useBrowser, userIdOf } from './dashboard.ts';

useBrowser();

describe('finding out about a user', () => {
  it('by part of an e-mail address, from the list to the page and back', async () => {
    const { page } = await operatorAt('/users');
    await page.getByRole('searchbox').fill('ada@');
    await page.getByText('1 user', { exact: true }).waitFor();
    await page.getByRole('link', { name: /Ada Lovelace/ }).click();
    await page.getByText('Both identities can be called.').waitFor();
    await page.goBack();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ada@');
  });

  it('by connection and state, kept in the address', async () => {
    const { page } = await operatorAt('/users?connection=google-oauth2&state=expired');
    await page.getByRole('link', { name: /Alan Turing/ }).waitFor();
    expect(await page.getByRole('listitem').count()).toBe(1);
    await page.getByRole('combobox', { name: 'State' }).selectOption('Expiring');
    await page.getByRole('link', { name: /Margaret Hamilton/ }).waitFor();
    expect(new URL(page.url()).search).toBe('?connection=google-oauth2&state=expiring');
  });

  it.each([
    ['frances', 'Facebook', 'Usable'],
    ['margaret', /Google/, 'Expiring'],
    ['grace', /Google/, 'Renewable'],
    ['alan', /Google/, 'Expired'],
    ['edsger', /Microsoft/, 'Missing'],
    ['radia', /Google/, 'In Token Vault'],
    ['donald', /database/, 'No token'],
    ['katherine', /CRM/, 'Unknown'],
  ])('%s: %s is %s', async (handle, idp, label) => {
    const { page } = await operatorAt(pageOf(handle));
    await page.getByRole('article', { name: idp }).getByText(label, { exact: true }).first().waitFor();
  });
});

describe('a check', () => {
  it('turns the state of a token that was revoked a moment ago', async () => {
    const { page } = await operatorAt(pageOf('dennis'));
    const card = page.getByRole('article', { name: 'GitHub 19690720' });
    await card.getByText('Usable', { exact: true }).waitFor();
    await control('POST', '/tokens/revoke', {
      user_id: userIdOf('dennis'),
      connection: 'github',
      identity: '19690720',
    });
    await card.getByRole('button', { name: 'Check now' }).click();
    await card.getByText('Revoked', { exact: true }).waitFor();
    await card.getByText(/Asked the IdP:/).waitFor();
    // The other identity of the same connection is not touched by it.
    await page
      .getByRole('article', { name: 'GitHub 19710311' })
      .getByText('Usable', { exact: true })
      .waitFor();
  });

  it('finds scopes that the policy needs and the token lacks', async () => {
    const { page } = await operatorAt(pageOf('barbara'));
    const card = page.getByRole('article', { name: /GitHub/ });
    await card.getByRole('button', { name: 'Check now' }).click();
    await card.getByText('Lacks scopes', { exact: true }).waitFor();
    await card.getByText('repo', { exact: true }).waitFor();
  });
});

it('a revocation asks first, ends the token at the IdP, and shows it', async () => {
  const { page } = await operatorAt(pageOf('ada'));
  const card = page.getByRole('article', { name: /Google/ });
  await card.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Revoke the token' }).click();
  await dialog.getByText('The token is revoked, at the IdP too.').waitFor();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await card.getByText('Revoked', { exact: true }).waitFor();
  expect(await card.getByRole('button', { name: 'Revoke' }).count()).toBe(0);
});

it('a token that has ended is renewed by a check, and says so', async () => {
  const { page } = await operatorAt(pageOf('grace'));
  const card = page.getByRole('article', { name: /Google/ });
  await card.getByText('Renewable', { exact: true }).first().waitFor();
  await card.getByRole('button', { name: 'Check now' }).click();
  await card.getByText('Usable', { exact: true }).waitFor();
  await card.getByText('Renewed by the relay').waitFor();
});

it('links and lines are copied without a secret', async () => {
  const { page } = await operatorAt(pageOf('alan'), { permissions: ['clipboard-read', 'clipboard-write'] });
  const copied = async (name: string): Promise<string> => {
    await page.getByRole('button', { name }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    await page.getByRole('button', { name }).waitFor();
    return text;
  };
  const link = new URL(await copied('Copy sign-in link'));
  expect(Object.fromEntries(link.searchParams)).toMatchObject({
    connection: 'google-oauth2',
    access_type: 'offline',
    prompt: 'consent',
  });
  expect(await copied('Copy as curl')).toMatch(
    /^curl -H "Authorization: Bearer \$RELAY_TOKEN" '\S+\/v1\/users\/google-oauth2%7C117351892654910220364\/idp\/google-oauth2\//,
  );
  expect(await copied('Copy user id')).toBe(userIdOf('alan'));
});
