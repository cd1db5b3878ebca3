export { examineTenant } from './examine-tenant.ts';
export { examineUser, type ExaminedIdentity, type UserExamination } from './examine-user.ts';
export type { TenantExpectations } from './expectations.ts';
export { FactUnavailableError } from './facts/fact-unavailable-error.ts';
export {
  createTenantReader,
  type ListRequest,
  type TenantReader,
  type TenantReaderOptions,
} from './facts/tenant-reader.ts';
export { severities, type Examination, type Finding, type NotMade, type Severity } from './finding.ts';
export type { Step } from './walk-identity.ts';
