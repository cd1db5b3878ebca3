import { RelayProblem, type RelayClient } from '@idp-relay/client';
import type { Query, QueryClient } from '@tanstack/react-query';
import { createParser } from 'eventsource-parser';
import { z } from 'zod/mini';
import { SessionEndedError } from '../session/session-ended-error.ts';

/** Milliseconds before a stream that ended is opened again; twice as long after each failure in a row. */
const firstPause = 500;
const longestPause = 30_000;
/** A stream that has lasted so long is no failure. */
const lastingMs = 10_000;

const UserChanged = z.object({ user_id: z.string() });
const ListsUsers = z.object({ users: z.array(z.object({ user_id: z.string() })) });

/**
 * Reads what is shown of a user again whenever the relay says that the user has changed, until the signal aborts, the session
 * ends, or the relay refuses. Where changes may have been missed, everything that is shown is read again.
 * @param isReturning true: the page was shown before, and nobody listened meanwhile
 */
export async function followChanges(
  client: RelayClient,
  queryClient: QueryClient,
  signal: AbortSignal,
  isReturning: boolean,
): Promise<void> {
  const readAgain = (predicate: (query: Query) => boolean): void =>
    void queryClient.invalidateQueries({ predicate });
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'missed') readAgain(() => true);
      const changed = event === 'user' ? UserChanged.safeParse(parseJson(data)).data : undefined;
      if (changed !== undefined) readAgain((query) => shows(query, changed.user_id));
    },
  });

  let failures = 0;
  let hasMissedChanges = isReturning;
  while (!signal.aborted) {
    let openedAt = Number.POSITIVE_INFINITY;
    try {
      const { data } = await client.GET('/v1/changes', { parseAs: 'stream', signal });
      openedAt = performance.now();
      if (hasMissedChanges) readAgain(() => true);
      hasMissedChanges = true;
      const reader = data?.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
        parser.feed(read.value);
    } catch (error) {
      if (error instanceof SessionEndedError || (error instanceof RelayProblem && error.status === 403))
        return;
    }
    // One that does not last, such as behind a proxy that cuts streams, is not asked for again and again.
    failures = performance.now() - openedAt > lastingMs ? 0 : failures + 1;
    parser.reset();
    await pause(Math.min(firstPause * 2 ** failures, longestPause), signal);
  }
}

/** True where a user is what the query is about, or in the list that it shows. Other lists stay: the tenant may be busy. */
function shows({ queryKey: [kind, subject], state }: Query, userId: string): boolean {
  if (kind === 'user') return subject === userId;
  const list = kind === 'users' ? ListsUsers.safeParse(state.data).data : undefined;
  return list?.users.some((user) => user.user_id === userId) === true;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
