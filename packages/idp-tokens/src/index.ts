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
  UserBlockedError,
  UserNotFoundError,
  type IdpTokensErrorCode,
} from './errors.ts';
export {
  createIdpTokens,
  type ConnectionSettings,
  type IdentityReport,
  type IdpToken,
  type IdpTokens,
  type IdpTokensOptions,
  type TokenRequest,
  type UserReport,
} from './idp-tokens.ts';
export { judgeIdentity, type JudgedFacts } from './judge-identity.ts';
export {
  createManagementApi,
  type ManagementAnswer,
  type ManagementApi,
  type ManagementApiOptions,
  type ManagementRead,
} from './management-api.ts';
export {
  createManagementTokenSource,
  neededManagementScopes,
  type ManagementToken,
  type ManagementTokenOptions,
  type ManagementTokenSource,
} from './management-token.ts';
export type { Observation } from './observations.ts';
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
