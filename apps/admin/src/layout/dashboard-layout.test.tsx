import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openDashboard } from '../test/open-dashboard.tsx';

it('marks the page that is open, and leads to the others', async () => {
  const { person, address } = openDashboard('/connections');
  expect(await screen.findByRole('link', { name: 'Connections' })).toHaveAttribute('aria-current', 'page');
  await person.click(screen.getByRole('link', { name: 'Tenant' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Tenant' })).toBeVisible();
  expect(address()).toBe('/tenant');
});

it('finds users and pages by the command palette', async () => {
  const { person, address } = openDashboard('/tenant', {
    'GET /v1/users': { users: [], page: 0, per_page: 20, total: 0, searched: 0, matching: 0 },
  });
  await screen.findByRole('heading', { level: 1, name: 'Tenant' });
  await person.keyboard('{Control>}k{/Control}');
  await person.type(await screen.findByRole('textbox', { name: 'Command' }), 'grace');
  await person.click(await screen.findByText('Find users: grace'));
  expect(await screen.findByText('Nobody matches')).toBeVisible();
  expect(address()).toBe('/users?q=grace');
});

it('an address that leads nowhere says so', async () => {
  openDashboard('/nowhere');
  expect(await screen.findByRole('heading', { name: 'No such page' })).toBeVisible();
});
