import { Auth0Context, initialContext, User, type Auth0ContextInterface } from '@auth0/auth0-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { fromIdp, playRelay, refusal, type RelayAnswer } from '../test/play-relay.ts';
import { App } from './app.tsx';

afterEach(cleanup);

const repositoriesPath = '/v1/me/idp/github/user/repos';
const calendarsPath = '/v1/me/idp/google-oauth2/calendar/v3/users/me/calendarList';
const repositories = [
  { full_name: 'ada/notes', private: true },
  { full_name: 'ada/dotfiles', private: false },
];

interface Opened {
  readonly person: ReturnType<typeof userEvent.setup>;
  readonly requests: readonly string[];
  /** Parameters of every sign-in that was begun. */
  readonly signIns: readonly unknown[];
}

/** Opens the app for somebody who is signed in, unless the session says otherwise. */
async function open(
  answers: Readonly<Record<string, readonly RelayAnswer[]>>,
  session: Partial<Auth0ContextInterface> = {},
): Promise<Opened> {
  const { origin, requests } = await playRelay(answers);
  const signIns: unknown[] = [];
  const context: Auth0ContextInterface = {
    ...initialContext,
    isAuthenticated: true,
    isLoading: false,
    user: Object.assign(new User(), { sub: 'github|1001', name: 'Ada Lovelace' }),
    loginWithRedirect: async (options) => void signIns.push(options?.authorizationParams),
    ...session,
  };
  // The SDK's function has many shapes; the app uses the simplest one.
  Object.assign(context, { getAccessTokenSilently: async () => 'the-token', ...session });
  render(
    <Auth0Context value={context}>
      <QueryClientProvider client={new QueryClient()}>
        <App relayOrigin={origin} />
      </QueryClientProvider>
    </Auth0Context>,
  );
  return { person: userEvent.setup(), requests, signIns };
}

const panel = (heading: string) => within(screen.getByRole('region', { name: new RegExp(heading) }));

describe('signing in', () => {
  it('goes straight to the chosen IdP, with what the app will need there', async () => {
    const { person, signIns, requests } = await open({}, { isAuthenticated: false });
    await person.click(screen.getByRole('button', { name: 'Sign in with Google' }));
    await person.click(screen.getByRole('button', { name: 'Sign in with GitHub' }));
    expect(signIns).toEqual([
      {
        connection: 'google-oauth2',
        connection_scope: 'https://www.googleapis.com/auth/calendar.readonly',
        access_type: 'offline',
      },
      { connection: 'github', connection_scope: 'repo' },
    ]);
    expect(requests).toEqual([]);
  });

  it('tells that it was refused', async () => {
    await open({}, { isAuthenticated: false, error: new Error('user is blocked') });
    expect(screen.getByRole('alert').textContent).toContain('user is blocked');
  });

  it('waits while the session is looked for', async () => {
    await open({}, { isAuthenticated: false, isLoading: true });
    expect(screen.getByRole('status').textContent).toContain('Looking for your session');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('what the services have', () => {
  it('is shown, asked for with the access token', async () => {
    const { requests } = await open({
      [repositoriesPath]: [fromIdp(repositories)],
      [calendarsPath]: [
        fromIdp({
          items: [
            { id: 'c1', summary: 'Lectures', primary: true },
            { id: 'c2', summary: 'Walks' },
          ],
        }),
      ],
    });
    await panel('Your repositories').findByText('ada/notes');
    const rows = panel('Your repositories').getAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual(['ada/notes private', 'ada/dotfiles public']);
    await panel('Your calendars').findByText('Walks');
    expect(requests.toSorted()).toEqual(
      [
        `${repositoriesPath}?sort=updated&per_page=100 Bearer the-token`,
        `${calendarsPath} Bearer the-token`,
      ].toSorted(),
    );
  });

  it('may be nothing', async () => {
    await open({ [repositoriesPath]: [fromIdp([])], [calendarsPath]: [fromIdp({ items: [] })] });
    await panel('Your repositories').findByText('You have no repositories.');
    await panel('Your calendars').findByText('You have no calendars.');
  });

  it('is waited for aloud', async () => {
    await open({ [repositoriesPath]: [fromIdp([])] });
    expect(panel('Your repositories').getByRole('status').textContent).toBe('Asking GitHub …');
    await panel('Your repositories').findByText('You have no repositories.');
    expect(panel('Your repositories').getByRole('status').textContent).toBe('');
  });
});

describe('a refusal of the relay', () => {
  it('that a sign-in mends is a button which asks for what the relay says', async () => {
    const signInUrl =
      'https://login.example/authorize?response_type=code&client_id=other&redirect_uri=https%3A%2F%2Fx&scope=openid' +
      '&code_challenge=c&code_challenge_method=S256&connection=google-oauth2&access_type=offline&prompt=consent' +
      '&connection_scope=email&login_hint=ada%40example.com';
    const { person, signIns } = await open({
      [calendarsPath]: [refusal(424, 'idp_token_expired', { sign_in_url: signInUrl })],
    });
    await panel('Your calendars').findByText('The connection to your Google account has ended.');
    expect(panel('Your calendars').getByText('Request request-7')).toBeTruthy();
    await person.click(panel('Your calendars').getByRole('button', { name: 'Reconnect Google' }));
    expect(signIns).toEqual([
      {
        connection: 'google-oauth2',
        connection_scope: 'https://www.googleapis.com/auth/calendar.readonly email',
        access_type: 'offline',
        prompt: 'consent',
        login_hint: 'ada@example.com',
      },
    ]);
  });

  it.each(['idp_token_missing', 'idp_token_revoked', 'idp_token_insufficient_scope'])(
    '%s is mended without a link too',
    async (code) => {
      const { person, signIns } = await open({ [repositoriesPath]: [refusal(424, code)] });
      await person.click(await screen.findByRole('button', { name: 'Reconnect GitHub' }));
      expect(signIns).toEqual([{ connection: 'github', connection_scope: 'repo' }]);
    },
  );

  it('for want of an account says so', async () => {
    const { person, signIns } = await open({ [repositoriesPath]: [fromIdp([])] });
    await panel('Your calendars').findByText('You have no Google account here.');
    await person.click(panel('Your calendars').getByRole('button', { name: 'Sign in with Google instead' }));
    expect(signIns).toHaveLength(1);
  });

  it('among several accounts lets one be chosen', async () => {
    const ambiguous = refusal(409, 'identity_ambiguous', { identities: ['19690720', '19710311'] });
    const { person, requests } = await open({ [repositoriesPath]: [ambiguous, fromIdp(repositories)] });
    await person.click(await screen.findByRole('button', { name: 'Use GitHub account 19710311' }));
    await screen.findByText('ada/notes');
    expect(requests.at(-1)).toContain('&identity=19710311 ');
  });

  it('that may pass can be tried again, by a button that keeps its place', async () => {
    const limited = { ...refusal(503, 'management_rate_limited'), headers: { 'retry-after': '7' } };
    const { person } = await open({ [repositoriesPath]: [limited, limited, fromIdp(repositories)] });
    const again = await panel('Your repositories').findByRole('button', { name: 'Try again' });
    await person.click(again);
    expect(document.activeElement).toBe(again);
    await person.click(panel('Your repositories').getByRole('button', { name: 'Try again' }));
    await screen.findByText('ada/notes');
  });

  it('that only others can mend has its text and no button', async () => {
    await open({ [repositoriesPath]: [refusal(403, 'permission_missing')] });
    await panel('Your repositories').findByText('What permission_missing means.');
    expect(panel('Your repositories').queryByRole('button')).toBeNull();
  });
});

describe('an answer of the IdP', () => {
  it.each([401, 403])('with status %i leads to a sign-in', async (status) => {
    await open({ [repositoriesPath]: [fromIdp({ message: 'No' }, status)] });
    await screen.findByRole('button', { name: 'Reconnect GitHub' });
  });

  it('that is of no use can be tried again', async () => {
    await open({ [repositoriesPath]: [fromIdp({}, 500)], [calendarsPath]: [fromIdp({ nonsense: true })] });
    await panel('Your repositories').findByText('GitHub answered with status 500.');
    await panel('Your calendars').findByText('That could not be read.');
    expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(2);
  });
});
