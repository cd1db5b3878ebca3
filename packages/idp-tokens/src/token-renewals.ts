import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.ts';
import { copyFingerprint, holdTokens, revokedByOperator } from './held-identity.ts';
import { renewalReason, type RenewalReason } from './renewal-reason.ts';
import { hasTokenEndpoint, requestRenewal, type IdpClientCredentials } from './renewal-request.ts';
import type { IdentityKey, KeptIdentity, RenewalLease, TokenSetStore } from './token-sets.ts';
import type { StoredIdentity } from './user-profile.ts';

/** What {@link createTokenRenewals} works with. */
export interface TokenRenewalsOptions {
  readonly store: TokenSetStore;
  /** The tenant's domain. */
  readonly tenant: string;
  /** The tenant's client at the IdP of a connection; `undefined` where the operators named none. */
  readonly client: (connection: string) => IdpClientCredentials | undefined;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one request to a token endpoint, in milliseconds. A lease lasts little longer. */
  readonly timeoutMs: number;
  /** How long what the store said is used without asking it again, in milliseconds. */
  readonly lifetimeMs: number;
  /** How many identities are remembered. */
  readonly maxEntries: number;
  /** Hears of every renewal that was tried here, and of every wait for another holder's. */
  readonly onEvent?: (event: RenewalEvent) => void;
}

/** For metrics. */
export type RenewalEvent =
  | { readonly kind: 'renewed'; readonly connection: string }
  | { readonly kind: 'failed'; readonly connection: string; readonly reason: RenewalReason }
  | { readonly kind: 'waited'; readonly connection: string; readonly milliseconds: number };

/** Which identity, as Auth0 has it, and how long the caller waits. */
export interface RenewalOf {
  readonly userId: string;
  readonly identity: StoredIdentity;
  readonly entry: CatalogueEntry;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** False: Auth0's copy was read a while ago, and the user may have signed in since. */
  readonly isCopyNew: boolean;
  /** A token set that was renewed before this moment (milliseconds since the epoch) is not good enough. */
  readonly obtainedAfter: number;
}

/** Renewed token sets: what is kept of them, and how they come to be. */
export interface TokenRenewals {
  /** True where renewing is possible for this connection: a client is configured, and the IdP's token endpoint is known. */
  canRenew(connection: string, entry: CatalogueEntry): boolean;
  /** What is kept of an identity. @param notBefore an answer of the store from before (milliseconds since the epoch) is not good enough */
  kept(userId: string, identity: StoredIdentity, notBefore: number): Promise<KeptIdentity | undefined>;
  /** What is kept as far as it is in memory, for those who only look. */
  peek(userId: string, identity: StoredIdentity): KeptIdentity | undefined;
  /**
   * Renews, or waits for whoever is at it: one request to the IdP per identity, over all processes. Comes back with what is
   * kept afterwards, good or bad; with nothing when the deadline passed before.
   */
  renew(of: RenewalOf): Promise<KeptIdentity | undefined>;
  /** From now on nothing of this copy is used, here or in any other process; a new sign-in ends that. */
  revoke(userId: string, identity: StoredIdentity): Promise<void>;
  /** Resolves when no renewal is under way here: before that, closing the store could lose a refresh token. */
  settled(): Promise<void>;
  /** Removes what is kept of those who are gone: of a user, but for the identities that are still linked. */
  forgetOthers(userId: string, linked: readonly StoredIdentity[]): Promise<void>;
}

/** How often the store is asked to keep a renewed token, with a pause of 200 ms and more between. */
const storeAttempts = 5;

/** A lease outlives the request that it is for by this much, in milliseconds: time to write the result down. */
const leaseMarginMs = 5_000;

/** Renewal by refresh token, with the store to agree on who does it. */
export function createTokenRenewals(options: TokenRenewalsOptions): TokenRenewals {
  const { store, clock, tenant } = options;
  const reads = new LRUCache<string, { readonly kept: KeptIdentity | undefined; readonly readAt: number }>({
    max: options.maxEntries,
  });
  const flights = new Map<string, Promise<KeptIdentity | undefined>>();

  const keyOf = (userId: string, { connection, idpUserId }: StoredIdentity): IdentityKey => ({
    tenant,
    userId,
    connection,
    idpUserId,
  });
  const remember = (key: IdentityKey, kept: KeptIdentity | undefined): KeptIdentity | undefined => {
    reads.set(nameOf(key), { kept, readAt: clock.now() });
    return kept;
  };
  const read = async (key: IdentityKey): Promise<KeptIdentity | undefined> => {
    const readAt = clock.now();
    const kept = await store.read(key);
    reads.set(nameOf(key), { kept, readAt });
    return kept;
  };

  /** Takes the lease and renews, or waits until its holder is done; then looks again. */
  const renew = async (of: RenewalOf): Promise<KeptIdentity | undefined> => {
    const key = keyOf(of.userId, of.identity);
    // No lease lasts longer than this, so whoever holds one is done by then, or its next holder is.
    const end = clock.now() + 2 * (options.timeoutMs + leaseMarginMs);
    for (;;) {
      const lease = await store.lease(key, options.timeoutMs + leaseMarginMs);
      if (lease !== undefined) return remember(key, await renewUnder(lease, of));
      const waitedFrom = clock.now();
      if (waitedFrom >= end) return read(key);
      await store.leaseEnded(key, AbortSignal.timeout(end - waitedFrom));
      options.onEvent?.({
        kind: 'waited',
        connection: key.connection,
        milliseconds: clock.now() - waitedFrom,
      });
      const kept = await read(key);
      if (isSettled(kept, of, clock.now())) return kept;
    }
  };

  const renewUnder = async (lease: RenewalLease, of: RenewalOf): Promise<KeptIdentity | undefined> => {
    const { key, kept } = lease;
    const basedOn = copyFingerprint(of.identity);
    const held = holdTokens(of.identity, kept);
    const client = options.client(key.connection);
    // What is kept stems from another copy than this one. Which is the newer one only a new read of Auth0's copy can tell,
    // and a renewal of the older one would throw the newer one away.
    const mayBeOutdated = kept !== undefined && kept.basedOn !== basedOn && !of.isCopyNew;
    if (
      mayBeOutdated ||
      isSettled(kept, of, clock.now()) ||
      held.refreshToken === undefined ||
      client === undefined
    ) {
      await store.release(lease);
      return kept;
    }
    const isAnswerLost = held.renewal?.sentAt !== undefined || held.renewal?.reason === 'renewal_unanswered';
    if (!(await store.markSent(lease, basedOn))) return store.read(key);
    const scope = held.renewed?.scope;
    const answer = await requestRenewal(
      { entry: of.entry, client, refreshToken: held.refreshToken, ...(scope && { scope }) },
      options,
    );
    if (answer.outcome === 'renewed') {
      // This may be the only copy of a refresh token that the IdP gave once: one bad moment of the store must not lose it.
      await persist(() => store.complete(lease, { tokenSet: answer.tokenSet, basedOn }), clock);
      options.onEvent?.({ kind: 'renewed', connection: key.connection });
    } else {
      const failure = renewalReason(answer, {
        failures: held.renewal?.failures ?? 0,
        isAnswerLost,
        now: clock.now(),
      });
      await store.fail(lease, { basedOn, ...failure });
      options.onEvent?.({ kind: 'failed', connection: key.connection, reason: failure.reason });
    }
    return store.read(key);
  };

  return {
    canRenew: (connection, entry) => options.client(connection) !== undefined && hasTokenEndpoint(entry),
    kept: async (userId, identity, notBefore) => {
      const key = keyOf(userId, identity);
      const known = reads.get(nameOf(key));
      const isFresh =
        known !== undefined && known.readAt >= notBefore && clock.now() - known.readAt < options.lifetimeMs;
      return isFresh ? known.kept : read(key);
    },
    peek: (userId, identity) => reads.get(nameOf(keyOf(userId, identity)))?.kept,
    renew: (of) => {
      const name = nameOf(keyOf(of.userId, of.identity));
      const flight = flights.get(name) ?? renew(of).finally(() => flights.delete(name));
      flights.set(name, flight);
      return withinDeadline(flight, of.deadline, clock);
    },
    revoke: async (userId, identity) => {
      const key = keyOf(userId, identity);
      // Ends a renewal under way, too: whatever it brings is not kept.
      await store.forget(key);
      const failure = { basedOn: copyFingerprint(identity), reason: revokedByOperator };
      for (;;) {
        const lease = await store.lease(key, leaseMarginMs);
        if (lease !== undefined && (await store.fail(lease, failure))) break;
        await store.leaseEnded(key, AbortSignal.timeout(leaseMarginMs));
      }
      await read(key);
    },
    settled: async () => {
      await Promise.allSettled(flights.values());
    },
    forgetOthers: async (userId, linked) => {
      await store.forgetOthers(tenant, userId, linked);
    },
  };
}

async function persist(write: () => Promise<boolean>, clock: Clock): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write();
      return;
    } catch (error) {
      if (attempt === storeAttempts) throw error;
      await clock.sleep(100 * 2 ** attempt);
    }
  }
}

/** A caller leaves at its own deadline; the renewal goes on for the others, and for the next call. */
async function withinDeadline<Value>(
  result: Promise<Value>,
  deadline: number,
  clock: Clock,
): Promise<Value | undefined> {
  const arrived = new AbortController();
  const timeUp = clock.sleep(Math.max(0, deadline - clock.now()), arrived.signal).then(() => undefined);
  try {
    return await Promise.race([result, timeUp]);
  } finally {
    arrived.abort();
    timeUp.catch(() => undefined);
    result.catch(() => undefined);
  }
}

/** True where there is nothing (more) to renew: somebody did it meanwhile, or it is not to be tried now. */
function isSettled(
  kept: KeptIdentity | undefined,
  { identity, obtainedAfter }: RenewalOf,
  now: number,
): boolean {
  const { renewed, renewal } = holdTokens(identity, kept);
  if (renewed !== undefined && renewed.obtainedAt >= obtainedAfter) return true;
  if (renewal === undefined || renewal.failures === 0) return false;
  return renewal.nextAttemptAt === undefined || renewal.nextAttemptAt > now;
}

function nameOf({ userId, connection, idpUserId }: IdentityKey): string {
  return JSON.stringify([userId, connection, idpUserId]);
}
