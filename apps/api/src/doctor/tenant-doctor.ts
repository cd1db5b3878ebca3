import {
  createManagementTokenSource,
  type Clock,
  type ManagementBudget,
  type Secret,
} from '@idp-relay/idp-tokens';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';
import { createTenantReader, examineTenant, type Examination } from '@idp-relay/tenant-doctor';
import { expectedTenant, type ExpectingConfig } from './expected-tenant.ts';

/** What a {@link TenantDoctor} works with. Durations are in milliseconds. */
export interface TenantDoctorOptions {
  readonly domain: string;
  /** The client that may read the tenant's settings. */
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one request. */
  readonly timeoutMs: number;
  /** How long an examination is answered again. */
  readonly lifetimeMs: number;
  /** Shared with all others who ask the Management API. */
  readonly budget: ManagementBudget;
  readonly config: ExpectingConfig;
  readonly configuration: RelayConfiguration;
}

/** An examination, and until when it is answered again (milliseconds since the epoch). */
export interface KeptExamination extends Examination {
  readonly keptUntil: number;
}

/** Compares the relay's tenant with what the relay needs of it. */
export interface TenantDoctor {
  /**
   * The last examination, or a new one when that is too old. There is one at a time, and all who ask meanwhile share it.
   * @throws ManagementCredentialsRefusedError, ManagementRateLimitedError, ManagementUnavailableError
   */
  examine(): Promise<KeptExamination>;
}

/** A doctor with a client of its own: the one that reads IdP tokens may see none of this. */
export function createTenantDoctor(options: TenantDoctorOptions): TenantDoctor {
  const { clock, lifetimeMs, config, configuration } = options;
  const tokens = createManagementTokenSource({
    ...options,
    credentials: { method: 'client_secret_post', clientSecret: options.clientSecret },
  });
  const expected = expectedTenant(config, configuration);
  let kept: KeptExamination | undefined;
  let running: Promise<KeptExamination> | undefined;

  const examine = async (): Promise<KeptExamination> => {
    try {
      const examination = await examineTenant(createTenantReader({ ...options, tokens }), expected);
      const token = tokens.peek();
      // A scope that is granted by now is in a new token alone.
      if (token && examination.notMade.some(({ missingScope }) => missingScope !== undefined))
        tokens.invalidate(token);
      kept = { ...examination, keptUntil: clock.now() + lifetimeMs };
      return kept;
    } finally {
      running = undefined;
    }
  };

  return {
    examine: () => {
      if (kept !== undefined && clock.now() < kept.keptUntil) return Promise.resolve(kept);
      running ??= examine();
      return running;
    },
  };
}
