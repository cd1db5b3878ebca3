import { useDocumentVisibility } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useRelayClient } from '../session/relay-client-context.ts';

/**
 * Keeps what is on the screen up to date: the relay tells which users have changed, and those are read again. Only while the
 * page can be seen, since browsers share few connections among all the tabs of one origin.
 */
export function useChanges(): void {
  const client = useRelayClient();
  const queryClient = useQueryClient();
  const isVisible = useDocumentVisibility() === 'visible';
  const wasHidden = useRef(false);
  useEffect(() => {
    if (!isVisible) {
      wasHidden.current = true;
      return undefined;
    }
    const leaving = new AbortController();
    // Not needed to show a page, so it comes after it.
    import('./follow-changes.ts').then(
      ({ followChanges }) => followChanges(client, queryClient, leaving.signal, wasHidden.current),
      () => undefined,
    );
    return () => leaving.abort();
  }, [client, queryClient, isVisible]);
}
