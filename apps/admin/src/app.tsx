import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { useState } from 'react';
import { RelayClientFromSession } from './session/relay-client-from-session.tsx';
import { SessionProvider } from './session/session-provider.tsx';
import { SignedInOnly } from './session/signed-in-only.tsx';
import { createDashboardRouter } from './router.tsx';
import { SettingsProvider } from './settings/settings-provider.tsx';
import { shouldRetry } from './states/problem.ts';
import { contrast, theme } from './theme.ts';

/** What the page hands over. */
export interface AppProps {
  /** For the style elements that libraries write; from the Content-Security-Policy of this very page. */
  readonly nonce: string;
}

/** Everything around the pages. */
export function App({ nonce }: AppProps) {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createDashboardRouter);
  setNonce(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={contrast}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <SettingsProvider>
          <SessionProvider onSignedIn={(address) => router.history.replace(address)}>
            <SignedInOnly>
              <RelayClientFromSession>
                <RouterProvider router={router} />
              </RelayClientFromSession>
            </SignedInOnly>
          </SessionProvider>
        </SettingsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 15_000, retry: shouldRetry } },
  });
}
