export { systemClock, type Clock } from './clock.ts';
export type { DisturbableService, Fault, Faults } from './control/faults.ts';
export type { ControlledIdentity, TenantControl } from './control/tenant-control.ts';
export { loadCertificates, type Certificates } from './listeners/certificates.ts';
export { PortUnavailableError } from './listeners/serve-on-both.ts';
export type { LogEvent } from './logs/log-event.ts';
export type { Origins } from './local-tenant-context.ts';
export type { RateLimitPlan } from './management/rate-limit.ts';
export { canary } from './sample-idps/canary.ts';
export {
  sampleEmail,
  samplePassword,
  samplePeople,
  sampleUserId,
  type SamplePerson,
} from './seed/sample-people.ts';
export { sampleIdpClient } from './sample-idps/sample-idp-store.ts';
export { followSignInLink, signIn, SignInError, type SignInOptions, type TokenAnswer } from './sign-in.ts';
export {
  defaultPorts,
  startLocalTenant,
  type LocalTenant,
  type LocalTenantOptions,
  type LocalTenantPorts,
} from './start-local-tenant.ts';
