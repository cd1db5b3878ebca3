import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.ts';
import { copyFingerprint, holdTokens, revokedByOperator } from './held-identity.ts';
import { identityName } from './identity-name.ts';
import type { IdpClientCredentials } from './idp-client-credentials.ts';
import { renewalReason, type RenewalReason } from './renewal-reason.ts';
import { hasTokenEndpoint, requestRenewal } from './renewal-request.ts';
import type { IdentityKey, KeptIdentity, Renewed, RenewalLease, TokenSetStore } from './token-sets.ts';
import type { StoredIdentity } from './user-profile.ts';
import { withinDeadline } from './within-deadline.ts';

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
  /** The same as far as it is in memory and good enough: nothing to wait for. Undefined: the store has to be asked. */
  recall(
    userId: string,
    identity: StoredIdentity,
    notBefore: number,
  ): { readonly kept: KeptIdentity | undefined } | undefined;
  /** What is kept as far as it is in memory, for those who only look. */
  peek(userId: string, identity: StoredIdentity): KeptIdentity | undefined;
  /**
   * Renews, or waits for whoever is at it: one request to the IdP per identity, over all processes. Comes back with what is
   * kept afterwards, good or bad; with nothing when the deadline passed before.
   */
  renew(of: RenewalOf): Promise<KeptIdentity | undefined>;
  /** From now on nothing of this copy is used, here or in any other process; a new sign-in ends that. */
  revoke(userId: string, identity: StoredIdentity): Promise<void>;
  /** How many identities' rows are in memory, those without a row included. */
  keptCount(): number;
  /** Resolves when no renewal is under way here: before that, closing the store could lose a refresh token. */
  settled(): Promise<void>;
  /** Removes what is kept of those who are gone: of a user, but for the identities that are still linked. */
  forgetOthers(userId: string, linked: readonly StoredIdentity[]): Promise<void>;
  /** Removes the tokens that are kept of a blocked user. That one was revoked stays known, for the day the user is unblocked. */
  forgetTokens(userId: string, identities: readonly StoredIdentity[]): Promise<void>;
}

/** Attempts at writing to the store: some 3 s of pauses, or some ten minutes. */
const briefly = 5;
const forMinutes = 125;

/**
 * Where the IdP gives each refresh token once, a holder that sent one and has not written the answer down gets so long
 * (milliseconds) before anybody uses the old refresh token again, which would end all that came of the login.
 */
const answerGraceMs = 30_000;
const awaitedPauseMs = 250;

/** A lease outlives the request that it is for by this much, in milliseconds: time to write the result down. */
const leaseMarginMs = 5_000;

/** Renewal by refresh token, with the store to agree on who does it. */
export function createTokenRenewals(options: TokenRenewalsOptions): TokenRenewals {
  const { store, clock, tenant } = options;
  const reads = new LRUCache<string, { readonly kept: KeptIdentity | undefined; readonly readAt: number }>({
    max: options.maxEntries,
  });
  const flights = new Map<string, Promise<KeptIdentity | undefined>>();
  /** Renewed, and not written down yet because the store did not answer. */
  const unsaved = new Map<string, { readonly kept: KeptIdentity; readonly saved: Promise<void> }>();

  const keyOf = (userId: string, { connection, idpUserId }: StoredIdentity): IdentityKey => ({
    tenant,
    userId,
    connection,
    idpUserId,
  });
  /** Raised by every write here: what was read before it must not take its place. */
  const generations = new LRUCache<string, number>({ max: options.maxEntries });
  const supersede = (key: IdentityKey, kept: KeptIdentity | undefined): KeptIdentity | undefined => {
    const name = identityName(key.userId, key);
    generations.set(name, (generations.get(name) ?? 0) + 1);
    reads.set(name, { kept, readAt: clock.now() });
    return kept;
  };
  const read = async (key: IdentityKey): Promise<KeptIdentity | undefined> => {
    const name = identityName(key.userId, key);
    const generation = generations.get(name);
    const readAt = clock.now();
    const kept = unsaved.get(name)?.kept ?? (await store.read(key));
    const newer = generations.get(name) === generation ? undefined : reads.get(name);
    // Even where that is nothing: it was forgotten meanwhile.
    if (newer !== undefined) return newer.kept;
    reads.set(name, { kept, readAt });
    return kept;
  };

  /** Takes the lease and renews, or waits until its holder is done; then looks again. */
  const renew = async (of: RenewalOf): Promise<KeptIdentity | undefined> => {
    const key = keyOf(of.userId, of.identity);
    // No lease lasts longer than this, so whoever holds one is done by then, or its next holder is; and no answer is awaited
    // any longer.
    const end = clock.now() + Math.max(answerGraceMs, 2 * (options.timeoutMs + leaseMarginMs));
    for (;;) {
      const waitedFrom = clock.now();
      if (isAnswerAwaited(await read(key), of, waitedFrom) && waitedFrom < end) {
        await clock.sleep(awaitedPauseMs);
        continue;
      }
      const lease = await store.lease(key, options.timeoutMs + leaseMarginMs);
      if (lease !== undefined) return supersede(key, await renewUnder(lease, of));
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
      options.onEvent?.({ kind: 'renewed', connection: key.connection });
      return save(lease, { tokenSet: answer.tokenSet, basedOn });
    }
    const failure = renewalReason(answer, {
      failures: held.renewal?.failures ?? 0,
      isAnswerLost,
      now: clock.now(),
    });
    options.onEvent?.({ kind: 'failed', connection: key.connection, reason: failure.reason });
    await tryAgain(() => store.fail(lease, { basedOn, ...failure }), clock, briefly);
    return store.read(key);
  };

  /**
   * Writes a renewed token set down. It may be the only copy of a refresh token that the IdP gave once, so while the store
   * does not answer it is used from memory, and writing is tried on for minutes.
   */
  const save = (lease: RenewalLease, renewed: Renewed): Promise<KeptIdentity> => {
    const { key } = lease;
    const kept: KeptIdentity = {
      ...renewed,
      renewal: { failures: 0 },
      updatedAt: renewed.tokenSet.obtainedAt,
    };
    const write = async (): Promise<void> => {
      // Not ours any more: somebody forgot the identity, revoked it, or renewed once more. What is here is good for this call.
      if (!(await store.complete(lease, renewed)))
        options.onEvent?.({ kind: 'failed', connection: key.connection, reason: 'renewal_answer_lost' });
    };
    return write()
      .catch(() => {
        const saved = tryAgain(write, clock, forMinutes)
          .catch(() => {
            options.onEvent?.({ kind: 'failed', connection: key.connection, reason: 'renewal_answer_lost' });
          })
          .finally(() => unsaved.delete(identityName(key.userId, key)));
        unsaved.set(identityName(key.userId, key), { kept, saved });
      })
      .then(() => kept);
  };

  const recall: TokenRenewals['recall'] = (userId, identity, notBefore) => {
    const known = reads.get(identityName(userId, identity));
    const isFresh =
      known !== undefined && known.readAt >= notBefore && clock.now() - known.readAt < options.lifetimeMs;
    return isFresh ? known : undefined;
  };

  return {
    canRenew: (connection, entry) => options.client(connection) !== undefined && hasTokenEndpoint(entry),
    recall,
    kept: async (userId, identity, notBefore) => {
      const recalled = recall(userId, identity, notBefore);
      if (recalled !== undefined) return recalled.kept;
      try {
        return await read(keyOf(userId, identity));
      } catch (error) {
        // A store in trouble stops nobody whose row was read before; that row is at most older than usual.
        const known = reads.get(identityName(userId, identity));
        if (known === undefined) throw error;
        return known.kept;
      }
    },
    peek: (userId, identity) => reads.get(identityName(userId, identity))?.kept,
    renew: (of) => {
      const name = identityName(of.userId, of.identity);
      const flight = flights.get(name) ?? renew(of).finally(() => flights.delete(name));
      flights.set(name, flight);
      return withinDeadline(flight, of.deadline, clock, () => undefined);
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
      unsaved.delete(identityName(key.userId, key));
      supersede(key, await store.read(key));
    },
    keptCount: () => reads.size,
    settled: async () => {
      await Promise.allSettled(flights.values());
      await Promise.allSettled([...unsaved.values()].map(({ saved }) => saved));
    },
    forgetTokens: async (userId, identities) => {
      for (const identity of identities) {
        const key = keyOf(userId, identity);
        const kept = await store.read(key);
        if (kept === undefined || kept.renewal.reason === revokedByOperator) continue;
        await store.forget(key);
        supersede(key, undefined);
      }
    },
    forgetOthers: async (userId, linked) => {
      await store.forgetOthers(tenant, userId, linked);
    },
  };
}

/** Does something until it does not throw, with pauses that double up to five seconds. */
async function tryAgain(act: () => Promise<unknown>, clock: Clock, attempts: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await clock.sleep(Math.min(100 * 2 ** attempt, 5_000));
    }
  }
}

/** True while another holder may still write the answer to its request down. */
function isAnswerAwaited(
  kept: KeptIdentity | undefined,
  { identity, entry }: RenewalOf,
  now: number,
): boolean {
  const sentAt = holdTokens(identity, kept).renewal?.sentAt;
  return sentAt !== undefined && entry.refresh?.rotates !== 'never' && now - sentAt < answerGraceMs;
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
