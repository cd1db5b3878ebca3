import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openDashboard, problem } from '../test/open-dashboard.tsx';
import { sampleTenant } from '../test/samples.ts';

const client = sampleTenant().management_client;

it('says that the relay’s client is right', async () => {
  openDashboard('/tenant');
  expect(await screen.findByText('The relay’s client is right')).toBeVisible();
  expect(screen.getByText('acme.eu.auth0.com')).toBeVisible();
  expect(screen.getByText('12 of 15 requests were left at the last answer')).toBeVisible();
  expect(screen.getByText('You hold it')).toBeVisible();
});

describe('what is wrong is named, with what to do', () => {
  it.each([
    [
      {
        management_client: {
          ...client,
          granted_scopes: ['read:users'],
          missing_scopes: ['read:user_idp_tokens'],
        },
      },
      /lacks read:user_idp_tokens.*tenant:deploy/,
    ],
    [
      { management_client: { ...client, unneeded_scopes: ['update:users'] } },
      /more than the relay ever uses: update:users/,
    ],
    [
      { management_client: { ...client, problem: 'management_credentials_refused' } },
      /management_credentials_refused/,
    ],
    [{ rate_limit: { limit: 2, remaining: 0, wait_ms: 800 } }, /rate limit is used up/],
  ])('%o', async (changed, words) => {
    openDashboard('/tenant', { 'GET /v1/tenant': sampleTenant(changed) });
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByText('The relay’s client is right')).toBeNull();
  });
});

it('has a skeleton while it loads, and words for a failure', async () => {
  const answer = Promise.withResolvers<unknown>();
  openDashboard('/tenant', { 'GET /v1/tenant': () => answer.promise });
  expect(await screen.findByRole('status', { name: 'Loading the tenant' })).toBeVisible();
  answer.resolve(problem(403, 'permission_missing'));
  expect(await screen.findByRole('heading', { name: 'You may not see this' })).toBeVisible();
});
