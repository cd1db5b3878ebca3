/** An error of an authorization request that is told to the client by redirect. */
export interface AuthorizationError {
  /** RFC 6749 section 4.1.2.1, or Auth0's own. */
  readonly error: string;
  readonly error_description: string;
}
