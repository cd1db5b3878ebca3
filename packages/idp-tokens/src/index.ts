export { createIdpTokens } from './create-idp-tokens.ts';
export { chooseIdentity, type IdentityChoice } from './choose-identity.ts';
export type { ClientCredentials } from './client-authentication.ts';
export { systemClock, type Clock } from './clock.ts';
export {
  ConnectionNotLinkedError,
  IdentityAmbiguousError,
  IdpTokensError,
  IdpTokenUnusableError,
  ManagementCredentialsRefusedError,
  ManagementForbiddenError,
  ManagementRateLimitedError,
  ManagementUnavailableError,
  TokenVaultRefusedError,
  UserBlockedError,
  UserNotFoundError,
  type IdpTokensErrorCode,
} from './errors.ts';
export {
  type ConnectionSettings,
  type IdentityReport,
  type IdpToken,
  type IdpTokens,
  type IdpTokensOptions,
  type TokenRequest,
  type UserReport,
} from './idp-tokens.ts';
export { copyFingerprint, holdTokens, type HeldIdentity } from './held-identity.ts';
export { judgeIdentity } from './judge-identity.ts';
export type { JudgedFacts } from './judged-facts.ts';
export {
  createManagementApi,
  type ManagementAnswer,
  type ManagementApi,
  type ManagementApiOptions,
  type ManagementRead,
} from './management-api.ts';
export {
  ManagementBudget,
  type BudgetEvent,
  type BudgetPriority,
  type BudgetStore,
  type ManagementBudgetOptions,
} from './management-budget.ts';
export type { BudgetState, RequestUnderWay } from './budget-state.ts';
export {
  createManagementTokenSource,
  neededManagementScopes,
  type ManagementToken,
  type ManagementTokenOptions,
  type ManagementTokenSource,
} from './management-token.ts';
export {
  introspectionFindings,
  type IntrospectionFinding,
  type KeptObservation,
  type Observation,
  type ObservationStore,
} from './observations.ts';
export type { UserChange, UserChanges } from './user-changes.ts';
export { SecretMask } from './secret-mask.ts';
export { Secret } from './secret.ts';
export { ManagementUser, toUserProfile, type StoredIdentity, type UserProfile } from './user-profile.ts';
export {
  createUserProfiles,
  type ProfileRequest,
  type ReadProfile,
  type UserProfiles,
  type UserProfilesOptions,
} from './user-profiles.ts';
export {
  verdictReasons,
  verdictSources,
  verdictStates,
  type Verdict,
  type VerdictEvidence,
  type VerdictReason,
  type VerdictSource,
  type VerdictState,
} from './verdict.ts';
export { createTokenVault, type TokenVault, type TokenVaultOptions } from './token-vault.ts';
export type { VaultClient, VaultWorker } from './vault-client.ts';
export { renewalReasons, type RenewalReason } from './renewal-reason.ts';
export { hasTokenEndpoint } from './renewal-request.ts';
export { basicAuthorization, type IdpClientCredentials } from './idp-client-credentials.ts';
export { createTokenRenewals } from './create-token-renewals.ts';
export type { RenewalEvent, TokenRenewals, TokenRenewalsOptions } from './token-renewals.ts';
export type {
  IdentityKey,
  KeptIdentity,
  LinkedIdentity,
  Renewed,
  RenewalFailure,
  RenewalLease,
  RenewalState,
  TokenSet,
  TokenSetStore,
} from './token-sets.ts';
