import type { Verdict } from './verdict.ts';

/** Every code that an {@link IdpTokensError} can bear. A code never changes its meaning. */
export type IdpTokensErrorCode =
  | 'user_not_found'
  | 'user_blocked'
  | 'connection_not_linked'
  | 'identity_ambiguous'
  | 'idp_token_missing'
  | 'idp_token_expired'
  | 'idp_token_revoked'
  | 'idp_token_insufficient_scope'
  | 'idp_token_in_vault'
  | 'idp_token_not_applicable'
  | 'connection_not_relayable'
  | 'token_vault_refused'
  | 'management_credentials_refused'
  | 'management_forbidden'
  | 'management_rate_limited'
  | 'management_unavailable';

/** What all errors of this package have in common. The message is safe to show to the caller: it never holds a token. */
export abstract class IdpTokensError extends Error {
  /** Stable; branch on this, never on the message. */
  abstract readonly code: IdpTokensErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The tenant has no such user. */
export class UserNotFoundError extends IdpTokensError {
  readonly code = 'user_not_found';
  constructor() {
    super(
      'The tenant has no user with this user_id. Check the id: it looks like "github|1234" or "auth0|5f7c…".',
    );
  }
}

/** The user is blocked in the tenant; nothing is called for them any more. */
export class UserBlockedError extends IdpTokensError {
  readonly code = 'user_blocked';
  constructor() {
    super('This user is blocked in the tenant, so no call is made for them. Unblock the user first.');
  }
}

/** The user never signed in through that connection, nor linked an account of it. */
export class ConnectionNotLinkedError extends IdpTokensError {
  readonly code = 'connection_not_linked';
  /** The connections that the user does have. */
  readonly linkedConnections: readonly string[];
  constructor(connection: string, linkedConnections: readonly string[]) {
    super(
      `The user has no identity of the connection "${connection}". ` +
        `Let them sign in through it once, or link an account of it.`,
    );
    this.linkedConnections = linkedConnections;
  }
}

/** The user has several identities of the connection and the caller chose none of them. */
export class IdentityAmbiguousError extends IdpTokensError {
  readonly code = 'identity_ambiguous';
  /** The IdP user ids to choose from. */
  readonly idpUserIds: readonly string[];
  constructor(connection: string, idpUserIds: readonly string[]) {
    super(
      `The user has ${idpUserIds.length} identities of the connection "${connection}". ` +
        `Choose one with ?identity= and one of: ${idpUserIds.join(', ')}.`,
    );
    this.idpUserIds = idpUserIds;
  }
}

/** What tells a connection and its strategy. */
export interface UnusableIdentity {
  readonly connection: string;
  readonly provider: string;
}

/** There is an identity, but no call can be made with what is stored for it. The verdict says why and what to do. */
export class IdpTokenUnusableError extends IdpTokensError {
  readonly code: IdpTokensErrorCode;
  readonly verdict: Verdict;
  /** Which identity it is. */
  readonly identity: UnusableIdentity;
  constructor(verdict: Verdict, { connection, provider }: UnusableIdentity) {
    super(`${verdict.detail} ${verdict.advice}`.trim());
    this.verdict = verdict;
    this.identity = { connection, provider };
    this.code = codeOfVerdict(verdict);
  }
}

/** Auth0 does not exchange tokens with Token Vault for the relay's client: something in the tenant's set-up is missing. */
export class TokenVaultRefusedError extends IdpTokensError {
  readonly code = 'token_vault_refused';
  constructor(error: string) {
    super(
      `Auth0 refused the exchange with Token Vault (${error}). Check the client's grant type, its link to the relay's API, ` +
        'and for backends its privileged access: connections, scopes and addresses.',
    );
  }
}

/** Auth0 refused the client id and credentials of the relay's own machine-to-machine client. */
export class ManagementCredentialsRefusedError extends IdpTokensError {
  readonly code = 'management_credentials_refused';
  constructor(error: string) {
    super(
      `Auth0 refused the relay's own client (${error}). Check AUTH0_CLIENT_ID and its credentials, ` +
        'and that the client has a grant on the Management API.',
    );
  }
}

/** The Management API refused the relay's token for want of a scope. */
export class ManagementForbiddenError extends IdpTokensError {
  readonly code = 'management_forbidden';
  /** Scopes of which at least one is needed. */
  readonly missingScopes: readonly string[];
  constructor(missingScopes: readonly string[]) {
    super(
      `The Management API refused the relay's client: its grant lacks ${missingScopes.join(' or ')}. ` +
        'Deploy the tenant again, or add the scope to the client grant.',
    );
    this.missingScopes = missingScopes;
  }
}

/** The Management API's rate limit is used up for longer than the caller can wait. */
export class ManagementRateLimitedError extends IdpTokensError {
  readonly code = 'management_rate_limited';
  /** Whole seconds, at least 1. */
  readonly retryAfterSeconds: number;
  constructor(waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(`The rate limit of the tenant's Management API is used up. Try again in ${seconds} s.`);
    this.retryAfterSeconds = seconds;
  }
}

/** Auth0 could not be reached, did not answer in time, or answered nonsense. */
export class ManagementUnavailableError extends IdpTokensError {
  readonly code = 'management_unavailable';
  constructor(what: string, options?: ErrorOptions) {
    super(`Auth0 is not available: ${what}. The call was not made; try again.`, options);
  }
}

function codeOfVerdict({ state, reason }: Verdict): IdpTokensErrorCode {
  // There is a token, and no place that it could be sent to.
  if (reason === 'not_relayable' || reason === 'strategy_unknown') return 'connection_not_relayable';
  switch (state) {
    case 'expired':
    case 'renewable':
    case 'expiring':
      return 'idp_token_expired';
    case 'revoked':
      return 'idp_token_revoked';
    case 'insufficient_scope':
      return 'idp_token_insufficient_scope';
    case 'in_token_vault':
      return 'idp_token_in_vault';
    case 'not_applicable':
      return 'idp_token_not_applicable';
    case 'unknown':
      return 'idp_token_not_applicable';
    case 'missing':
    case 'usable':
      return 'idp_token_missing';
  }
}
