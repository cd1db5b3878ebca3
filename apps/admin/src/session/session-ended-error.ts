/** The tenant gives no new access token: the session there is over, and only a sign-in helps. */
export class SessionEndedError extends Error {
  /** Stable; branch on this. */
  readonly code = 'session_ended';
  constructor(options?: ErrorOptions) {
    super('The session at the tenant has ended.', options);
    this.name = 'SessionEndedError';
  }
}
