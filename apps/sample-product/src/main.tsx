import './main.css';
import { Auth0Provider } from '@auth0/auth0-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { readSettings, SettingsError } from './settings.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element for the app.');
try {
  const settings = readSettings(import.meta.env);
  createRoot(root).render(
    <StrictMode>
      {/* Tokens live in memory. Refresh tokens rotate; after a reload the tenant's own session gives new ones. */}
      <Auth0Provider
        domain={settings.VITE_TENANT_ORIGIN}
        clientId={settings.VITE_CLIENT_ID}
        authorizationParams={{
          redirect_uri: window.location.origin,
          audience: settings.VITE_RELAY_AUDIENCE,
          scope: 'openid profile email offline_access',
        }}
        cacheLocation="memory"
        useRefreshTokens
        useRefreshTokensFallback
      >
        <QueryClientProvider client={new QueryClient()}>
          <App relayOrigin={settings.VITE_RELAY_ORIGIN} />
        </QueryClientProvider>
      </Auth0Provider>
    </StrictMode>,
  );
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  root.textContent = `Set the variables right and start again:\n${error.message}`;
  root.style.whiteSpace = 'pre-line';
}
