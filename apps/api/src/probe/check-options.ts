import type { Clock, IdpClientCredentials } from '@idp-relay/idp-tokens';
import type { IdpClient } from '../relay/idp-client.ts';

/** What a live check works with. */
export interface CheckOptions {
  readonly idpClient: IdpClient;
  /** The tenant's client at the IdP, where the operators named it. */
  readonly client: IdpClientCredentials | undefined;
  readonly clock: Clock;
  /** Ends every request of the check, and the reading of its answer. */
  readonly signal: AbortSignal;
}

/** What one call showed of a token. */
export interface ShownFacts {
  /** HTTP status of the IdP's answer. */
  readonly idpStatus: number;
  readonly grantedScopes?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}
