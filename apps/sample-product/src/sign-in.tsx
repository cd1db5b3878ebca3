import { useAuth0 } from '@auth0/auth0-react';
import { services } from './services.ts';
import { signInParameters } from './sign-in-parameters.ts';

/** The way in: one button for every IdP, straight to its connection. */
export function SignIn() {
  const { error, loginWithRedirect } = useAuth0();
  return (
    <main className="entrance">
      <h1>Sample Product</h1>
      <p>See your repositories and your calendars in one place.</p>
      {error !== undefined && <p role="alert">The sign-in was refused: {error.message}</p>}
      {services.map((service) => (
        <button
          key={service.connection}
          className="main"
          onClick={() => void loginWithRedirect({ authorizationParams: signInParameters(service) })}
        >
          Sign in with {service.name}
        </button>
      ))}
    </main>
  );
}
