import type { RelayClient } from '@idp-relay/client';
import { createContext, use } from 'react';

/** Holds the client that pages call the relay with. */
export const RelayClientContext = createContext<RelayClient | undefined>(undefined);

/** The client that pages call the relay with. */
export function useRelayClient(): RelayClient {
  const client = use(RelayClientContext);
  if (client === undefined) throw new Error('useRelayClient needs a RelayClientContext above it.');
  return client;
}
