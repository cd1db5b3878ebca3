import { useAuth0, type RedirectLoginOptions } from '@auth0/auth0-react';

/** Starts a sign-in that comes back to where the operator is now. */
export function useSignIn(): (parameters?: RedirectLoginOptions['authorizationParams']) => void {
  const { loginWithRedirect } = useAuth0();
  return (parameters = {}) => {
    const returnTo = `${window.location.pathname}${window.location.search}`;
    void loginWithRedirect({ appState: { returnTo }, authorizationParams: parameters });
  };
}
