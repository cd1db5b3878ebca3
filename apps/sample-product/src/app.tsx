import { useAuth0 } from '@auth0/auth0-react';
import { createIdpFetch } from '@idp-relay/client';
import { useMemo } from 'react';
import { ServicePanel } from './service-panel.tsx';
import { services } from './services.ts';
import { SignIn } from './sign-in.tsx';

/** The whole app. @param relayOrigin of the relay's API */
export function App({ relayOrigin }: { readonly relayOrigin: string }) {
  const { isLoading, isAuthenticated, user, getAccessTokenSilently, logout } = useAuth0();
  const idpFetch = useMemo(
    () =>
      createIdpFetch({
        origin: relayOrigin,
        // Asked for at every call: the SDK keeps the token, and gets a new one in time.
        getAccessToken: async () => {
          const token = await getAccessTokenSilently();
          if (token === undefined) throw new Error('The tenant gave no access token.');
          return token;
        },
      }),
    [relayOrigin, getAccessTokenSilently],
  );
  if (isLoading) return <p role="status">Looking for your session …</p>;
  if (!isAuthenticated) return <SignIn />;
  return (
    <>
      <header>
        <h1>Sample Product</h1>
        <p>{user?.name}</p>
        <button onClick={() => void logout({ logoutParams: { returnTo: window.location.origin } })}>
          Sign out
        </button>
      </header>
      <main>
        {services.map((service) => (
          <ServicePanel key={service.connection} service={service} idpFetch={idpFetch} />
        ))}
      </main>
    </>
  );
}
