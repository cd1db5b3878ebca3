import type { Clock } from './clock.ts';
import { copyFingerprint, holdTokens } from './held-identity.ts';
import type { KeptRows } from './kept-rows.ts';
import { renewalReason } from './renewal-reason.ts';
import { requestRenewal } from './renewal-request.ts';
import type { RenewalOf, TokenRenewalsOptions } from './token-renewals.ts';
import type { KeptIdentity, Renewed, RenewalLease } from './token-sets.ts';

/** Attempts at writing to the store: some 3 s of pauses, or some ten minutes. */
const briefly = 5;
const forMinutes = 125;

/**
 * Renews, as long as there is something to renew, and ends the lease in any case. Gives what is kept afterwards.
 * @param rows hold what the store does not take, until it does
 * @throws the store's own errors; not where a token was renewed
 */
export async function renewUnderLease(
  lease: RenewalLease,
  of: RenewalOf,
  rows: KeptRows,
  options: TokenRenewalsOptions,
): Promise<KeptIdentity | undefined> {
  const { key, kept } = lease;
  const { store, clock } = options;
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
    return save(lease, { tokenSet: answer.tokenSet, basedOn }, rows, options);
  }
  const failure = renewalReason(answer, {
    failures: held.renewal?.failures ?? 0,
    isAnswerLost,
    now: clock.now(),
  });
  options.onEvent?.({ kind: 'failed', connection: key.connection, reason: failure.reason });
  await tryAgain(() => store.fail(lease, { basedOn, ...failure }), clock, briefly);
  return store.read(key);
}

/**
 * Writes a renewed token set down. It may be the only copy of a refresh token that the IdP gave once, so while the store
 * does not answer it is used from memory, and writing is tried on for minutes.
 */
async function save(
  lease: RenewalLease,
  renewed: Renewed,
  rows: KeptRows,
  { store, clock, onEvent }: TokenRenewalsOptions,
): Promise<KeptIdentity | undefined> {
  const { key } = lease;
  const kept: KeptIdentity = {
    ...renewed,
    renewal: { failures: 0 },
    updatedAt: renewed.tokenSet.obtainedAt,
  };
  const tellLost = (): void =>
    onEvent?.({ kind: 'failed', connection: key.connection, reason: 'renewal_answer_lost' });
  /** Where it is not ours to write any more, somebody forgot the identity, revoked it, or renewed once more: that counts. */
  const write = async (): Promise<KeptIdentity | undefined> => {
    if (await store.complete(lease, renewed)) return kept;
    tellLost();
    return store.read(key);
  };
  const writeLate = async (): Promise<void> => {
    const counts = await write();
    if (counts !== kept) rows.overrule(key, counts);
  };
  try {
    return await write();
  } catch {
    rows.holdUntilSaved(key, kept, tryAgain(writeLate, clock, forMinutes).catch(tellLost));
    return kept;
  }
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

/** True where there is nothing (more) to renew: somebody did it meanwhile, or it is not to be tried now. */
export function isSettled(
  kept: KeptIdentity | undefined,
  { identity, obtainedAfter }: RenewalOf,
  now: number,
): boolean {
  const { renewed, renewal } = holdTokens(identity, kept);
  if (renewed !== undefined && renewed.obtainedAt >= obtainedAfter) return true;
  if (renewal === undefined || renewal.failures === 0) return false;
  return renewal.nextAttemptAt === undefined || renewal.nextAttemptAt > now;
}
