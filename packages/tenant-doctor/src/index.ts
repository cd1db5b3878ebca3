export { deployed } from './deployed.ts';
export { examineTenant } from './examine-tenant.ts';
export { examineUser, type ExaminedIdentity, type UserExamination } from './examine-user.ts';
export { expectTenant, type KnownOfTenant } from './expect-tenant.ts';
export type { ExpectedClient, TenantExpectations } from './expectations.ts';
export { FactUnavailableError } from './facts/fact-unavailable-error.ts';
export {
  createTenantReader,
  type ListRequest,
  type TenantReader,
  type TenantReaderOptions,
} from './facts/tenant-reader.ts';
export { severities, type Examination, type Finding, type NotMade, type Severity } from './finding.ts';
export { scopesForTenant } from './needed-scopes.ts';
export type { Step } from './walk-identity.ts';
