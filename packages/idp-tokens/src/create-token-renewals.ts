import { copyFingerprint, holdTokens, revokedByOperator } from './held-identity.ts';
import { identityName } from './identity-name.ts';
import { KeptRows } from './kept-rows.ts';
import { hasTokenEndpoint } from './renewal-request.ts';
import { isSettled, renewUnderLease } from './renewal-under-lease.ts';
import type { RenewalOf, TokenRenewals, TokenRenewalsOptions } from './token-renewals.ts';
import type { IdentityKey, KeptIdentity } from './token-sets.ts';
import type { StoredIdentity } from './user-profile.ts';
import { withinDeadline } from './within-deadline.ts';

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
  const rows = new KeptRows(options);
  const flights = new Map<string, Promise<KeptIdentity | undefined>>();

  const keyOf = (userId: string, { connection, idpUserId }: StoredIdentity): IdentityKey => ({
    tenant,
    userId,
    connection,
    idpUserId,
  });

  /** Takes the lease and renews, or waits until its holder is done; then looks again. */
  const renew = async (of: RenewalOf): Promise<KeptIdentity | undefined> => {
    const key = keyOf(of.userId, of.identity);
    // No lease lasts longer than this, so whoever holds one is done by then, or its next holder is; and no answer is awaited
    // any longer.
    const end = clock.now() + Math.max(answerGraceMs, 2 * (options.timeoutMs + leaseMarginMs));
    for (;;) {
      const waitedFrom = clock.now();
      if (isAnswerAwaited(await rows.read(key), of, waitedFrom) && waitedFrom < end) {
        await clock.sleep(awaitedPauseMs);
        continue;
      }
      const lease = await store.lease(key, options.timeoutMs + leaseMarginMs);
      if (lease !== undefined) return rows.supersede(key, await renewUnderLease(lease, of, rows, options));
      if (waitedFrom >= end) return rows.read(key);
      await store.leaseEnded(key, AbortSignal.timeout(end - waitedFrom));
      options.onEvent?.({
        kind: 'waited',
        connection: key.connection,
        milliseconds: clock.now() - waitedFrom,
      });
      const kept = await rows.read(key);
      if (isSettled(kept, of, clock.now())) return kept;
    }
  };

  return {
    canRenew: (connection, entry) => options.client(connection) !== undefined && hasTokenEndpoint(entry),
    recall: (userId, identity, notBefore) => rows.recall(userId, identity, notBefore),
    kept: async (userId, identity, notBefore) => {
      const recalled = rows.recall(userId, identity, notBefore);
      if (recalled !== undefined) return recalled.kept;
      try {
        return await rows.read(keyOf(userId, identity));
      } catch (error) {
        // A store in trouble stops nobody whose row was read before; that row is at most older than usual.
        const known = rows.peek(userId, identity);
        if (known === undefined) throw error;
        return known.kept;
      }
    },
    peek: (userId, identity) => rows.peek(userId, identity)?.kept,
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
      rows.overrule(key, await store.read(key));
    },
    keptCount: () => rows.size,
    settled: async () => {
      await Promise.allSettled(flights.values());
      await rows.settled();
    },
    forgetTokens: async (userId, identities) => {
      for (const identity of identities) {
        const key = keyOf(userId, identity);
        const kept = await store.read(key);
        if (kept === undefined || kept.renewal.reason === revokedByOperator) continue;
        await store.forget(key);
        rows.overrule(key, undefined);
      }
    },
    forgetOthers: async (userId, linked) => {
      await store.forgetOthers(tenant, userId, linked);
    },
  };
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
