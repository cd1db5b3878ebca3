import type { UserChange, UserChanges } from '@idp-relay/idp-tokens';

/** Where changes of users come together: those of this process and, through the database, those of the others. */
export interface UserChangeHub {
  /** Changes that happened, or were told of, here: takes them to the listeners of all processes. */
  announce(changes: readonly UserChange[]): void;
  /** Calls `hear` at each change, wherever it happened, until the returned function is called. Undefined: some may have been missed. */
  listen(hear: (change: UserChange | undefined) => void): () => void;
  /** Begins to hear the other processes. */
  open(): Promise<void>;
  close(): void;
}

/**
 * @param others the other processes; left out: there are none
 * @param onLost told the error when a change could not be announced to the others, who then notice by their own time limits
 */
export function createUserChangeHub(
  others: UserChanges | undefined,
  onLost: (error: unknown) => void,
): UserChangeHub {
  const listeners = new Set<(change: UserChange | undefined) => void>();
  const tell = (change: UserChange | undefined): void => {
    for (const hear of listeners) hear(change);
  };
  let stop = (): void => undefined;
  return {
    announce: (changes) => {
      for (const change of changes) tell(change);
      if (changes.length > 0) others?.announce(changes).catch(onLost);
    },
    listen: (hear) => {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    open: async () => {
      if (others !== undefined) stop = await others.follow(tell);
    },
    close: () => stop(),
  };
}
