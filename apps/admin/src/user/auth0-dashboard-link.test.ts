import { expect, it } from 'vitest';
import { auth0DashboardLink } from './auth0-dashboard-link.ts';

it.each([
  ['acme.auth0.com', 'https://manage.auth0.com/dashboard/us/acme/users/github%7C1'],
  ['acme.us.auth0.com', 'https://manage.auth0.com/dashboard/us/acme/users/github%7C1'],
  ['acme-dev.eu.auth0.com', 'https://manage.auth0.com/dashboard/eu/acme-dev/users/github%7C1'],
  ['localhost:8443', undefined],
  ['auth0.com.evil.example', undefined],
])('leads from %s to %s', (domain, link) => {
  expect(auth0DashboardLink(domain, 'github|1')).toBe(link);
});
