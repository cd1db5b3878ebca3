import { Auth0Context, initialContext, User, type Auth0ContextInterface } from '@auth0/auth0-react';
import { createRelayClient } from '@idp-relay/client';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { createDashboardRouter } from '../router.tsx';
import { RelayClientContext } from '../session/relay-client-context.ts';
import { SettingsContext } from '../settings/settings.ts';
import { theme } from '../theme.ts';
import { sampleConnection, sampleExamination, sampleTenant } from './samples.ts';

/** What a relay answers to `METHOD /path`: a document, a whole response, or what a function makes of the request. */
export type Answers = Readonly<Record<string, object | ((request: Request) => unknown)>>;

/** A dashboard on the screen. */
export interface OpenedDashboard {
  readonly person: UserEvent;
  /** Path and query that the address line shows. */
  readonly address: () => string;
  /** Requests that the relay has seen, such as `GET /v1/users?q=ada`; without that for the stream of changes. */
  readonly requests: readonly string[];
  /** Parameters of every sign-in that was begun. */
  readonly signIns: readonly unknown[];
}

/** A refusal of the relay. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { code, status, detail: `What ${code} means.` },
    { status, headers: { 'relay-source': 'relay', 'request-id': 'request-7', ...headers } },
  );
}

/** Opens the whole dashboard at an address, as a signed-in operator. The relay behind it is played over its HTTP interface. */
export function openDashboard(address: string, answers: Answers = {}): OpenedDashboard {
  const requests: string[] = [];
  const signIns: unknown[] = [];
  const all: Answers = {
    'GET /v1/connections': { connections: [sampleConnection()] },
    'GET /v1/tenant': sampleTenant(),
    'GET /v1/tenant/doctor': sampleExamination(),
    'GET /v1/changes': () => new Response(new ReadableStream()),
    ...answers,
  };
  const relayClient = createRelayClient({
    origin: 'https://relay.test',
    getAccessToken: async () => 'the-token',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname !== '/v1/changes') requests.push(`${request.method} ${pathname}${search}`);
      const answer = all[`${request.method} ${pathname}`];
      const made: unknown = typeof answer === 'function' ? await answer(request) : answer;
      return made instanceof Response ? made.clone() : Response.json(made);
    },
  });
  const session: Auth0ContextInterface = {
    ...initialContext,
    isAuthenticated: true,
    isLoading: false,
    user: Object.assign(new User(), { sub: 'auth0|1', email: 'olive@example.com', name: 'Olive Operator' }),
    loginWithRedirect: async (options) => void signIns.push(options),
  };
  const router = createDashboardRouter(createMemoryHistory({ initialEntries: [address] }));
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>
        <SettingsContext
          value={{
            tenant_origin: 'https://login.acme.example',
            client_id: 'dashboard',
            audience: 'the-audience',
          }}
        >
          <Auth0Context value={session}>
            <RelayClientContext value={relayClient}>
              <RouterProvider router={router} />
            </RelayClientContext>
          </Auth0Context>
        </SettingsContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return {
    person: userEvent.setup(),
    address: () => router.history.location.href,
    requests,
    signIns,
  };
}
