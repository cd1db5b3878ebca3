/** Something cannot be known, and checks that need it are not made. The others go on. */
export class FactUnavailableError extends Error {
  /** Stable; branch on this. */
  readonly code = 'fact_unavailable';
  /** A scope of the Management API that would open it. */
  readonly missingScope: string | undefined;

  /** @param reason one line, for people */
  constructor(reason: string, missingScope?: string) {
    super(reason);
    this.name = 'FactUnavailableError';
    this.missingScope = missingScope;
  }

  /** The token lacks all of the scopes that would do; the first one is the narrowest. */
  static ofScope([scope = '']: readonly string[]): FactUnavailableError {
    return new FactUnavailableError(`the token lacks the scope ${scope}`, scope);
  }
}
