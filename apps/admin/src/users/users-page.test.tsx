import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openDashboard, problem } from '../test/open-dashboard.tsx';
import { sampleConnection, sampleListedUser } from '../test/samples.ts';

const found = (users = [sampleListedUser()], total = users.length) => ({
  users,
  page: 0,
  per_page: 50,
  total,
  searched: total,
  matching: total,
});

describe('the list of users', () => {
  it('shows who was found, with the state of each identity, and leads to the user', async () => {
    const { person, address } = openDashboard('/users', {
      'GET /v1/users': found([sampleListedUser({ blocked: true })]),
      'GET /v1/users/github%7C1001/identities': { user: sampleListedUser(), identities: [] },
    });
    const row = await screen.findByRole('link', { name: /Ada Lovelace/ });
    expect(within(row).getByText('GitHub · Usable')).toBeVisible();
    expect(within(row).getByText('Blocked')).toBeVisible();
    await person.click(row);
    expect(address()).toBe('/users/github|1001');
  });

  it('takes its filters from the address', async () => {
    const { requests } = openDashboard('/users?q=ada&connection=github&state=missing&page=2', {
      'GET /v1/users': found(),
    });
    await screen.findByRole('link', { name: /Ada/ });
    expect(screen.getByRole('searchbox')).toHaveValue('ada');
    expect(requests).toContain('GET /v1/users?q=ada&page=1&per_page=50&connection=github&state=missing');
  });

  it('takes what looks like a number or a yes for the letters that it is', async () => {
    const { requests } = openDashboard('/users?q=1001', { 'GET /v1/users': found() });
    await screen.findByRole('link', { name: /Ada/ });
    expect(screen.getByRole('searchbox')).toHaveValue('1001');
    expect(requests).toContain('GET /v1/users?q=1001&page=0&per_page=50');
  });

  it('says that it searches while those who were there before are still shown', async () => {
    const answer = Promise.withResolvers<unknown>();
    const { person } = openDashboard('/users', {
      'GET /v1/users': (request: Request) => (request.url.includes('state=') ? answer.promise : found()),
    });
    await screen.findByRole('link', { name: /Ada/ });
    await person.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Expired');
    expect(await screen.findByText('Searching …')).toBeVisible();
    answer.resolve(found([]));
    expect(await screen.findByText('Nobody matches')).toBeVisible();
  });

  it('a page beyond the last one leads back to the first', async () => {
    const { person, address } = openDashboard('/users?page=5', { 'GET /v1/users': found([], 16) });
    expect(await screen.findByText('There are not so many pages')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Show the first page' }));
    await waitFor(() => expect(address()).toBe('/users'));
  });

  it('begins at the heading of the page that a row leads to', async () => {
    const { person } = openDashboard('/users', {
      'GET /v1/users': found(),
      'GET /v1/users/github%7C1001/identities': { user: sampleListedUser(), identities: [] },
    });
    await person.click(await screen.findByRole('link', { name: /Ada/ }));
    await waitFor(() => expect(screen.getByRole('heading', { level: 1, name: /Ada/ })).toHaveFocus());
  });

  it('writes what is typed and chosen into the address, and begins at the first page again', async () => {
    const { person, address } = openDashboard('/users?page=3', {
      'GET /v1/users': found(),
      'GET /v1/connections': { connections: [sampleConnection()] },
    });
    await screen.findByRole('link', { name: /Ada/ });
    await person.type(screen.getByRole('searchbox'), 'grace');
    await waitFor(() => expect(address()).toBe('/users?q=grace'));
    await person.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Revoked');
    await waitFor(() => expect(address()).toBe('/users?q=grace&state=revoked'));
  });

  it.each(['/users?state=nonsense', '/users?page=-1', '/users?page=x'])(
    'makes the best of %s',
    async (address) => {
      const { requests } = openDashboard(address, { 'GET /v1/users': found() });
      await screen.findByRole('link', { name: /Ada/ });
      expect(requests).toContain('GET /v1/users?q=&page=0&per_page=50');
    },
  );

  it('the slash leads to the search box', async () => {
    const { person } = openDashboard('/users', { 'GET /v1/users': found() });
    await screen.findByRole('link', { name: /Ada/ });
    await person.keyboard('/');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('arrow keys go from row to row', async () => {
    const { person } = openDashboard('/users', {
      'GET /v1/users': found([
        sampleListedUser(),
        sampleListedUser({ user_id: 'github|2', name: 'Grace Hopper' }),
      ]),
    });
    (await screen.findByRole('link', { name: /Ada/ })).focus();
    await person.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: /Grace/ })).toHaveFocus();
    await person.keyboard('{ArrowUp}');
    expect(screen.getByRole('link', { name: /Ada/ })).toHaveFocus();
  });

  it('pages where there are more users than fit', async () => {
    const { person, address } = openDashboard('/users', {
      'GET /v1/users': found([sampleListedUser()], 101),
    });
    await person.click(await screen.findByRole('button', { name: '2' }));
    expect(address()).toBe('/users?page=2');
  });

  it('names from an IdP are text, whatever is in them', async () => {
    openDashboard('/users', {
      'GET /v1/users': found([sampleListedUser({ name: '<img src=x onerror=alert(1)>' })]),
    });
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('the list without users', () => {
  it('is a skeleton until the answer comes', async () => {
    const answer = Promise.withResolvers<unknown>();
    openDashboard('/users', { 'GET /v1/users': () => answer.promise });
    expect(await screen.findByRole('status', { name: 'Loading users' })).toBeVisible();
    answer.resolve(found());
    await screen.findByRole('link', { name: /Ada/ });
    expect(screen.queryByRole('status', { name: 'Loading users' })).toBeNull();
  });

  it('says that there is nobody yet', async () => {
    openDashboard('/users', { 'GET /v1/users': found([]) });
    expect(await screen.findByText('No users yet')).toBeVisible();
  });

  it('says that filters leave nobody, and takes them away', async () => {
    const { person, address } = openDashboard('/users?q=zzz&state=missing', { 'GET /v1/users': found([]) });
    expect(await screen.findByText('Nobody matches')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Clear all filters' }));
    await waitFor(() => expect(address()).toBe('/users'));
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('says that only the first thousand are listed, and pages as far', async () => {
    openDashboard('/users', { 'GET /v1/users': found([sampleListedUser()], 1_234) });
    expect(await screen.findByText(/1234 users\. The first 1000 are listed/)).toBeVisible();
    expect(screen.getByRole('button', { name: '20' })).toBeVisible();
    expect(screen.queryByRole('button', { name: '21' })).toBeNull();
  });

  it('says how far a search by state has looked', async () => {
    openDashboard('/users?state=missing', {
      'GET /v1/users': { ...found(), searched: 300, matching: 5000 },
    });
    expect(await screen.findByText(/1 user among the first 300 of 5000/)).toBeVisible();
  });
});

describe('trouble has words of its own', () => {
  it.each([
    [problem(403, 'permission_missing'), 'You may not see this', /IdP Relay Operator/],
    [problem(401, 'token_expired'), 'Your session has ended', /Sign in/],
    [
      problem(503, 'management_rate_limited', { 'retry-after': '9' }),
      'Auth0’s rate limit is used up',
      /in 9 s/,
    ],
    [
      problem(502, 'management_unavailable'),
      'Auth0 gave no usable answer',
      /What management_unavailable means/,
    ],
    [problem(503, 'relay_overloaded', { 'retry-after': '4' }), 'The relay is at its limit', /in 4 s/],
    [problem(503, 'token_store_unavailable'), 'The relay’s database does not answer', /What token_store/],
    [problem(502, 'idp_unavailable'), 'The IdP gave no usable answer', /What idp_unavailable means/],
    [problem(502, 'idp_client_refused'), 'This did not work', /What idp_client_refused means/],
    [problem(500, 'internal_error'), 'This did not work', /request-7/],
    [new Response('<html>', { status: 500 }), 'This did not work', /status 500/],
  ])('%o', async (answer, title, advice) => {
    openDashboard('/users', { 'GET /v1/users': answer });
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByRole('heading', { name: title })).toBeVisible();
    expect(alert).toHaveTextContent(advice);
  });

  it('no answer at all is not a sign-out, and can be tried again', async () => {
    let isDown = true;
    const { person } = openDashboard('/users', {
      'GET /v1/users': () => (isDown ? Promise.reject(new TypeError('Failed to fetch')) : found()),
    });
    await screen.findByRole('heading', { name: 'The relay does not answer' });
    isDown = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: /Ada/ })).toBeVisible();
  });

  it('a sign-in begins where the session ended', async () => {
    const { person, signIns } = openDashboard('/users', { 'GET /v1/users': problem(401, 'token_expired') });
    await person.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect(signIns).toHaveLength(1);
  });
});
