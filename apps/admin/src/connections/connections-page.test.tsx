import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openDashboard, problem } from '../test/open-dashboard.tsx';
import { sampleConnection } from '../test/samples.ts';

const github = sampleConnection({
  required_scopes: ['repo'],
  rules: [{ name: 'read', clients: ['product'], methods: ['GET'], paths: ['/user'] }],
});
const spotify = sampleConnection({
  connection: 'spotify',
  display_name: 'Spotify',
  known_from: 'catalogue',
  access_token_expires: 'always',
  access_token_lifetime_seconds: 3600,
  renewable: 'yes',
});
const answers = { 'GET /v1/connections': { connections: [github, spotify] } };

it('tells where calls lead, what the policy lets through and to whom, and who was seen', async () => {
  openDashboard('/connections', answers);
  const card = within(await screen.findByRole('article', { name: 'github' }));
  expect(card.getByText('https://api.github.com')).toBeVisible();
  expect(card.getByText('repo')).toBeVisible();
  expect(card.getByText('/user')).toBeVisible();
  expect(card.getByText(/for product/)).toBeVisible();
  expect(card.getByRole('link', { name: '2 of 3 users can be called' })).toHaveAttribute(
    'href',
    '/users?connection=github',
  );
  const row = within(screen.getByRole('row', { name: /Spotify/ }));
  expect(row.getByText('An hour')).toBeVisible();
  expect(row.getByText('Yes')).toBeVisible();
});

it('says where the policy lets nothing through', async () => {
  openDashboard('/connections', { 'GET /v1/connections': { connections: [sampleConnection()] } });
  expect(await screen.findByText('The policy lets nothing through.')).toBeVisible();
});

it('is narrowed down by name, in the address too, and says when nothing is left', async () => {
  const { person, address } = openDashboard('/connections?q=spot', answers);
  expect(await screen.findByRole('row', { name: /Spotify/ })).toBeVisible();
  expect(screen.queryByRole('article')).toBeNull();
  await person.type(screen.getByRole('searchbox'), 'zzz');
  expect(await screen.findByText('No connection has such a name')).toBeVisible();
  expect(address()).toBe('/connections?q=spotzzz');
  await person.click(screen.getByRole('button', { name: 'Show all connections' }));
  expect(await screen.findByRole('article')).toBeVisible();
  expect(address()).toBe('/connections');
});

it('has a skeleton while it loads, and words for a failure', async () => {
  const answer = Promise.withResolvers<unknown>();
  openDashboard('/connections', { 'GET /v1/connections': () => answer.promise });
  expect(await screen.findByRole('status', { name: 'Loading connections' })).toBeVisible();
  answer.resolve(problem(500, 'internal_error'));
  expect(await screen.findByRole('heading', { name: 'This did not work' })).toBeVisible();
});
