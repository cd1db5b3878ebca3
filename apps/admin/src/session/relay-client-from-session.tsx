import { useAuth0 } from '@auth0/auth0-react';
import { createRelayClient } from '@idp-relay/client';
import { useMemo, type ReactNode } from 'react';
import { SessionEndedError } from './session-ended-error.ts';
import { RelayClientContext } from './relay-client-context.ts';

/** Gives everything below a client of the relay that calls with the operator's access token. */
export function RelayClientFromSession({ children }: { readonly children: ReactNode }) {
  const { getAccessTokenSilently } = useAuth0();
  const client = useMemo(
    () =>
      createRelayClient({
        origin: '',
        getAccessToken: async () => {
          try {
            const token = await getAccessTokenSilently();
            if (token !== undefined) return token;
          } catch (cause) {
            // Offline is not signed out: that is told by the call itself.
            if (cause instanceof TypeError) throw cause;
            throw new SessionEndedError({ cause });
          }
          throw new SessionEndedError();
        },
      }),
    [getAccessTokenSilently],
  );
  return <RelayClientContext value={client}>{children}</RelayClientContext>;
}
