/** The API did not start; the message says why. */
export class ApiFailedError extends Error {
  /** Stable; branch on this. */
  readonly code = 'api_failed';
}
