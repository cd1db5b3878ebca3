import { Auth0Provider } from '@auth0/auth0-react';
import workerUrl from '@auth0/auth0-spa-js/dist/auth0-spa-js.worker.production.js?url';
import type { ReactNode } from 'react';
import { z } from 'zod/mini';
import { useSettings } from '../settings/settings.ts';

const AppState = z.object({ returnTo: z.string() });

/** What the provider needs. */
export interface SessionProviderProps {
  readonly children: ReactNode;
  /** Called with the address at which the sign-in began. */
  readonly onSignedIn: (address: string) => void;
}

/**
 * The operator's session at the tenant. Tokens live in a worker's memory: a page that is loaded anew asks the tenant
 * silently, and nothing is ever written to the browser's storage.
 */
export function SessionProvider({ children, onSignedIn }: SessionProviderProps) {
  const { tenant_origin: domain, client_id: clientId, audience } = useSettings();
  return (
    <Auth0Provider
      domain={domain}
      clientId={clientId}
      authorizationParams={{
        redirect_uri: window.location.origin,
        audience,
        scope: 'openid profile email offline_access',
      }}
      cacheLocation="memory"
      useRefreshTokens
      useRefreshTokensFallback
      workerUrl={workerUrl}
      onRedirectCallback={(appState) => {
        const { success, data } = AppState.safeParse(appState);
        onSignedIn(success ? data.returnTo : '/');
      }}
    >
      {children}
    </Auth0Provider>
  );
}
