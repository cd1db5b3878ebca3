import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openDashboard, problem } from '../test/open-dashboard.tsx';
import { sampleIdentity, sampleListedUser, sampleTenant } from '../test/samples.ts';
import { verdictStates, verdictWords } from '../verdict/verdict-words.ts';

const path = 'GET /v1/users/github%7C1001/identities';
const checkPath = 'POST /v1/users/github%7C1001/identities/github/check';
const address = '/users/github%7C1001';
const usable = sampleIdentity().verdict;
const ada = (...identities: ReturnType<typeof sampleIdentity>[]) => ({
  user: sampleListedUser(),
  identities: identities.length === 0 ? [sampleIdentity()] : identities,
});
/** The operator may revoke. */
const revoker = {
  'GET /v1/tenant': sampleTenant({
    permissions: [{ name: 'revoke:identities', description: '', held_by_you: true }],
  }),
};
const card = (name = /GitHub/) => screen.findByRole('article', { name });

describe('a user', () => {
  it.each(verdictStates)('with an identity in state %s: the label, why, and what to do', async (state) => {
    const verdict = {
      ...usable,
      state,
      detail: `Why it is ${state}.`,
      advice: `Do something about ${state}.`,
    };
    openDashboard(address, { [path]: ada(sampleIdentity({ verdict })) });
    const shown = within(await card());
    expect(shown.getAllByText(verdictWords[state].label)[0]).toBeVisible();
    expect(shown.getByText(`Why it is ${state}.`)).toBeVisible();
    expect(shown.getByText(`Do something about ${state}.`)).toBeVisible();
  });

  it('says how many can be called, and tells primary from linked', async () => {
    const linked = sampleIdentity({
      connection: 'google-oauth2',
      display_name: 'Google',
      idp_user_id: '2',
      primary: false,
      verdict: { ...usable, state: 'expired', callable: false },
    });
    openDashboard(address, { [path]: ada(sampleIdentity(), linked) });
    expect(await screen.findByText('1 of 2 identities can be called.')).toBeVisible();
    expect(within(await card()).getByText('Primary')).toBeVisible();
    expect(within(await card(/Google/)).getByText('Linked')).toBeVisible();
  });

  it('who is blocked can call nothing', async () => {
    openDashboard(address, { [path]: { ...ada(), user: sampleListedUser({ blocked: true }) } });
    expect(await screen.findByText(/Nothing can be called/)).toBeVisible();
  });

  it('leads to Auth0’s own page of the user', async () => {
    openDashboard(address, { [path]: ada() });
    const link = await screen.findByRole('link', { name: 'Open in Auth0' });
    expect(link).toHaveAttribute('href', 'https://manage.auth0.com/dashboard/eu/acme/users/github%7C1001');
    expect(link).toHaveAttribute('rel', 'noreferrer');
  });

  it('who is not there is no error of the page', async () => {
    openDashboard(address, { [path]: problem(404, 'user_not_found') });
    expect(await screen.findByRole('heading', { name: 'No such user' })).toBeVisible();
  });

  it('dates are relative, and exact with their zone on focus', async () => {
    const evidence = {
      has_refresh_token: false,
      expires_at_latest: new Date(Date.now() + 7_200_000).toISOString(),
    };
    const { person } = openDashboard(address, {
      [path]: ada(sampleIdentity({ verdict: { ...usable, evidence } })),
    });
    const ends = await screen.findByText('in 2 hours');
    await person.hover(ends);
    expect(await screen.findByText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/)).toBeVisible();
  });
});

describe('what can be done', () => {
  it('a check puts what it found in the place of what was known', async () => {
    const revoked: typeof usable = {
      ...usable,
      state: 'revoked',
      detail: 'GitHub refused it.',
      source: 'probe',
      callable: false,
    };
    let isChecked = false;
    const { person, requests } = openDashboard(address, {
      [path]: () => ada(sampleIdentity(isChecked ? { verdict: revoked } : {})),
      [checkPath]: () => {
        isChecked = true;
        return { verdict: revoked, probed: 'GET api.github.com' };
      },
    });
    await person.click(within(await card()).getByRole('button', { name: 'Check now' }));
    expect(await within(await card()).findByText('Revoked')).toBeVisible();
    expect(within(await card()).getByText(/GET api.github.com/)).toBeVisible();
    expect(requests).toContain('POST /v1/users/github%7C1001/identities/github/check?identity=1001');
  });

  it('a check without a token says so, and no more', async () => {
    const { person } = openDashboard(address, {
      [path]: ada(sampleIdentity({ verdict: { ...usable, state: 'missing', callable: false } })),
      [checkPath]: problem(424, 'idp_token_missing'),
    });
    const button = within(await card()).getByRole('button', { name: 'Check now' });
    await person.click(button);
    expect(
      await screen.findByText('Looked anew: there is no token that the IdP could be asked about.'),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(button).toHaveFocus();
  });

  it('what is on the page stays when it cannot be read again, and so does a dialog', async () => {
    let isDown = false;
    const { person } = openDashboard(address, {
      [path]: () => (isDown ? problem(503, 'management_unavailable') : ada()),
      ...revoker,
      'POST /v1/users/github%7C1001/identities/github/revoke': () => {
        isDown = true;
        return { verdict: usable, at_idp: 'revoked' };
      },
    });
    await person.click(await screen.findByRole('button', { name: 'Revoke' }));
    await person.click(await screen.findByRole('button', { name: 'Revoke the token' }));
    expect(
      await screen.findByText(/Auth0 gave no usable answer. What is shown was read before/),
    ).toBeVisible();
    expect(screen.getByText('The token is revoked, at the IdP too.')).toBeVisible();
    const close = screen.getByRole('button', { name: 'Close' });
    expect(close).toHaveFocus();
    await person.click(close);
    isDown = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('Not up to date')).toBeNull());
  });

  it('a revocation without an answer is not said to have failed', async () => {
    const { person } = openDashboard(address, {
      [path]: ada(),
      ...revoker,
      'POST /v1/users/github%7C1001/identities/github/revoke': () => Promise.reject(new TypeError('lost')),
    });
    await person.click(await screen.findByRole('button', { name: 'Revoke' }));
    await person.click(await screen.findByRole('button', { name: 'Revoke the token' }));
    expect(await screen.findByText(/Whether the token was revoked is not known/)).toBeVisible();
  });

  it('a check that cannot be made says why, and the verdict stays', async () => {
    const { person } = openDashboard(address, {
      [path]: ada(),
      [checkPath]: problem(502, 'idp_unavailable'),
    });
    await person.click(within(await card()).getByRole('button', { name: 'Check now' }));
    expect(await screen.findByText('What idp_unavailable means.')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'The IdP gave no usable answer' })).toBeVisible();
    expect(within(await card()).getByText('Usable')).toBeVisible();
  });

  it('copies the sign-in link and a curl line, and says so', async () => {
    const link = 'https://login.acme.example/authorize?connection=github';
    const { person } = openDashboard(address, { [path]: ada(sampleIdentity({ sign_in_url: link })) });
    await person.click(await screen.findByRole('button', { name: 'Copy sign-in link' }));
    expect(await screen.findByText('Copied')).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(link);
    await person.click(screen.getByRole('button', { name: 'Copy as curl' }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toContain('/v1/users/github%7C1001/idp/github/'),
    );
    expect(await navigator.clipboard.readText()).not.toContain('the-token');
  });

  it('a revocation asks first, says what became of it, and shows the new state', async () => {
    const revoked: typeof usable = {
      ...usable,
      state: 'revoked',
      reason: 'revoked_by_operator',
      callable: false,
    };
    let isRevoked = false;
    const { person, requests } = openDashboard(address, {
      [path]: () => ada(sampleIdentity(isRevoked ? { verdict: revoked } : {})),
      ...revoker,
      'POST /v1/users/github%7C1001/identities/github/revoke': () => {
        isRevoked = true;
        return { verdict: revoked, at_idp: 'not_possible' };
      },
    });
    await person.click(await screen.findByRole('button', { name: 'Revoke' }));
    const dialog = within(await screen.findByRole('dialog'));
    await person.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(requests.filter((request) => request.includes('/revoke'))).toEqual([]);
    await person.click(screen.getByRole('button', { name: 'Revoke' }));
    await person.click(await screen.findByRole('button', { name: 'Revoke the token' }));
    expect(await screen.findByText(/At the IdP it lives on/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Close' }));
    expect(await within(await card()).findByText('Revoked')).toBeVisible();
  });

  it('no revocation for those who may only look', async () => {
    openDashboard(address, { [path]: ada() });
    await screen.findByRole('button', { name: 'Check now' });
    expect(screen.queryByRole('button', { name: 'Revoke' })).toBeNull();
  });

  it.each(['not_applicable', 'in_token_vault'] as const)('nothing where the state is %s', async (state) => {
    openDashboard(address, { [path]: ada(sampleIdentity({ verdict: { ...usable, state } })) });
    expect(within(await card()).queryByRole('button')).toBeNull();
  });
});
