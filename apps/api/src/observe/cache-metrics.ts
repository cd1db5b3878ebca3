import type { IdpTokens, TokenRenewals, UserProfiles } from '@idp-relay/idp-tokens';
import { Gauge, type Registry } from 'prom-client';
import type { VerifiedTokens } from '../authenticate/verified-tokens.ts';

/** What is kept in memory, all of it bounded. */
export interface MeasuredCaches {
  readonly profiles: UserProfiles;
  readonly idpTokens: IdpTokens;
  readonly verifiedTokens: VerifiedTokens;
  readonly renewals?: TokenRenewals;
}

/** Gauges of the caches: how many entries they have, and how much memory the largest of them takes. */
export function measureCaches(
  registry: Registry,
  { profiles, idpTokens, verifiedTokens, renewals }: MeasuredCaches,
): void {
  new Gauge({
    name: 'idp_relay_cache_entries',
    help: 'Entries in memory, by cache; none has more than PROFILE_CACHE_SIZE',
    labelNames: ['cache'],
    registers: [registry],
    collect() {
      this.set({ cache: 'profiles' }, profiles.size());
      this.set({ cache: 'observations' }, idpTokens.observationCount());
      this.set({ cache: 'verified_tokens' }, verifiedTokens.size);
      if (renewals !== undefined) this.set({ cache: 'kept_tokens' }, renewals.keptCount());
    },
  });
  new Gauge({
    name: 'idp_relay_profile_cache_bytes',
    help: 'Memory that user profiles take, about; no more than PROFILE_CACHE_MEGABYTES',
    registers: [registry],
    collect() {
      this.set(profiles.bytes());
    },
  });
}
