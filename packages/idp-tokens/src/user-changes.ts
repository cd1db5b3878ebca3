/** Something of one user changed, so that what was read of it before is out of date. */
export interface UserChange {
  readonly userId: string;
  /**
   * - `profile`: what Auth0 has of the user, by a sign-in, a link, a block and alike.
   * - `verdicts`: what the relay itself keeps of the user's tokens, by a revocation, a check, an IdP's refusal.
   */
  readonly what: 'profile' | 'verdicts';
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** How the processes of one relay tell each other of changes. */
export interface UserChanges {
  /** Tells the others. May throw the store's own errors. */
  announce(changes: readonly UserChange[]): Promise<void>;
  /**
   * Hears what the others announce, until the returned function is called. A hint: a notice can be lost, and caches have a
   * lifetime besides. Heard with nothing: notices may have been missed.
   */
  follow(hear: (change: UserChange | undefined) => void): Promise<() => void>;
}
