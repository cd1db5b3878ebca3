import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.ts';
import { identityName } from './identity-name.ts';
import { StorePause } from './store-pause.ts';
import type { IdentityKey } from './token-sets.ts';
import type { StoredIdentity } from './user-profile.ts';

/**
 * What came of asking the IdP about a token in the name of the tenant's client (RFC 7662):
 * - `active`, `inactive`: so it said of the token. - `client_refused`: it refused the client, and said nothing of the token.
 * - `inconclusive`: its answer could not be read. - `unanswered`: it gave none in time.
 */
export const introspectionFindings = [
  'active',
  'inactive',
  'client_refused',
  'inconclusive',
  'unanswered',
] as const;
export type IntrospectionFinding = (typeof introspectionFindings)[number];

/** What an IdP itself showed of a token, when it was last used or probed. */
export interface Observation {
  /**
   * - `refused`: the IdP says that the token is dead.
   * - `accepted`: the IdP took it.
   * - `missing_scope`: the IdP knows the token, and one call needed a scope that it lacks.
   */
  readonly outcome: 'accepted' | 'refused' | 'missing_scope';
  /** HTTP status of the IdP's answer. */
  readonly idpStatus: number;
  readonly grantedScopes?: readonly string[];
  /** Milliseconds since the epoch, where the IdP named the token's end. */
  readonly expiresAt?: number;
  /** Left out: the IdP was not asked so. */
  readonly introspection?: IntrospectionFinding;
  /** Milliseconds since the epoch. */
  readonly observedAt: number;
  readonly source: 'idp_answer' | 'probe';
}

/** An observation, and the mark ({@link Secret.fingerprint}) of the very token that it was made with. */
export interface KeptObservation {
  readonly tokenMark: string;
  readonly observation: Observation;
}

/** Where observations outlive a process, and where other processes find them. Methods may throw the store's own errors. */
export interface ObservationStore {
  /** The last observation of an identity; undefined: none. */
  read(key: IdentityKey): Promise<KeptObservation | undefined>;
  /** Keeps an observation, unless a younger one is kept. */
  keep(key: IdentityKey, kept: KeptObservation): Promise<void>;
}

/** What {@link Observations} works with. */
export interface ObservationsOptions {
  /** Left out: observations are this process's own, and end with it. */
  readonly store?: ObservationStore;
  /** The tenant's domain. */
  readonly tenant: string;
  readonly clock: Clock;
  /** How long what the store said is used without asking it again, in milliseconds. */
  readonly lifetimeMs: number;
  /** How many identities are remembered; the least recently used one goes first. */
  readonly maxEntries: number;
}

/** An observation that says what the one before said is written down again only after this long. Milliseconds. */
const rewriteAfterMs = 60_000;

interface Remembered {
  readonly kept: KeptObservation | undefined;
  /** Milliseconds since the epoch: when the store said so, or was told. */
  readonly readAt: number;
  /** It could not be written down, so the store does not know of it. */
  readonly isUnsaved?: boolean;
}

/**
 * The last observation of each identity, bound to the very token it was made with:
 * once the user has signed in again, what was seen of the old token says nothing of the new one.
 */
export class Observations {
  readonly #options: ObservationsOptions;
  readonly #remembered: LRUCache<string, Remembered>;
  /** An observation is not worth a user's wait. */
  readonly #pause: StorePause;

  constructor(options: ObservationsOptions) {
    this.#options = options;
    this.#pause = new StorePause(options.clock);
    this.#remembered = new LRUCache({ max: options.maxEntries });
  }

  /**
   * Whether there is nothing to ask the store about an identity: {@link Observations.find} finds what can be known now. Where
   * there is, {@link Observations.load} asks.
   * @param notBefore an answer of the store from before (milliseconds since the epoch) is not good enough
   */
  isLoaded(userId: string, identity: StoredIdentity, notBefore: number): boolean {
    const { store, clock, lifetimeMs } = this.#options;
    // Calls begin here: what they are judged by is used, and stays.
    const remembered = this.#remembered.get(identityName(userId, identity));
    if (store === undefined) return true;
    const now = clock.now();
    const isFresh =
      remembered !== undefined && remembered.readAt >= notBefore && now - remembered.readAt < lifetimeMs;
    return isFresh || this.#pause.isOn;
  }

  /**
   * Looks up what is kept of an identity, where the store is to be asked. Never rejects: with the store in trouble, what is
   * in memory must do.
   * @param notBefore as for {@link Observations.isLoaded}
   */
  async load(userId: string, identity: StoredIdentity, notBefore: number): Promise<void> {
    const { store, clock } = this.#options;
    if (this.isLoaded(userId, identity, notBefore) || store === undefined) return;
    const name = identityName(userId, identity);
    const remembered = this.#remembered.get(name);
    const now = clock.now();
    const asked = await this.#pause.ask(store.read(this.#keyOf(userId, identity)));
    if (asked === undefined) return;
    const { answer: kept } = asked;
    const own = this.#remembered.get(name);
    // Recorded while the store was asked.
    if (own !== undefined && own !== remembered && own.readAt >= now) return;
    if (own === undefined || !isKnownHereAlone(own, kept)) this.#remembered.set(name, { kept, readAt: now });
    else this.#remembered.set(name, { ...own, readAt: now });
  }

  /**
   * Takes an observation in place of the last one. A use that succeeds does not erase what a probe learnt.
   * @returns whether it changed what is kept for other processes
   * @throws the store's own errors; the observation counts here all the same
   */
  async record(userId: string, identity: StoredIdentity, observation: Observation): Promise<boolean> {
    if (identity.accessToken === undefined) return false;
    const earlier = this.find(userId, identity);
    if (earlier !== undefined && isRepeated(observation, earlier)) return false;
    const kept: KeptObservation = {
      tokenMark: identity.accessToken.fingerprint(),
      observation: {
        ...(earlier?.grantedScopes && { grantedScopes: earlier.grantedScopes }),
        ...(earlier?.expiresAt !== undefined && { expiresAt: earlier.expiresAt }),
        ...(earlier?.introspection !== undefined &&
          observation.source === 'idp_answer' && { introspection: earlier.introspection }),
        ...observation,
      },
    };
    this.#remembered.set(identityName(userId, identity), { kept, readAt: this.#options.clock.now() });
    if (this.#options.store === undefined || isOldNews(observation, earlier)) return false;
    try {
      await this.#options.store.keep(this.#keyOf(userId, identity), kept);
    } catch (error) {
      const name = identityName(userId, identity);
      const own = this.#remembered.get(name);
      if (own?.kept === kept) this.#remembered.set(name, { ...own, isUnsaved: true });
      throw error;
    }
    return true;
  }

  /** What was last seen of the token that this identity holds now, as far as it is in memory. */
  find(userId: string, identity: StoredIdentity): Observation | undefined {
    const kept = this.#remembered.peek(identityName(userId, identity))?.kept;
    return kept !== undefined && kept.tokenMark === identity.accessToken?.fingerprint()
      ? kept.observation
      : undefined;
  }

  /** How many identities are remembered now. */
  get size(): number {
    return this.#remembered.size;
  }

  #keyOf(userId: string, { connection, idpUserId }: StoredIdentity): IdentityKey {
    return { tenant: this.#options.tenant, userId, connection, idpUserId };
  }
}

/** True for what the store does not say because it was not worth writing down, or could not be, or is not there yet. */
function isKnownHereAlone({ kept: own, isUnsaved }: Remembered, kept: KeptObservation | undefined): boolean {
  if (own === undefined) return false;
  if (kept !== undefined) return own.observation.observedAt > kept.observation.observedAt;
  return isUnsaved === true || isPassing(own.observation);
}

/** Busy users call many times a second, and each good call says the same: one in this time is taken note of. Milliseconds. */
const repeatedWithinMs = 1_000;

function isRepeated(observation: Observation, earlier: Observation): boolean {
  return (
    isPassing(observation) &&
    isPassing(earlier) &&
    observation.observedAt - earlier.observedAt < repeatedWithinMs
  );
}

/** A call that went well, as most do: true of the token anyway, and not worth a write. */
function isPassing({ outcome, source }: Observation): boolean {
  return outcome === 'accepted' && source === 'idp_answer';
}

/** True where others know already what this observation says. */
function isOldNews(observation: Observation, earlier: Observation | undefined): boolean {
  if (observation.source === 'probe') return false;
  if (earlier === undefined) return isPassing(observation);
  if (observation.outcome !== earlier.outcome) return false;
  return isPassing(observation) || observation.observedAt - earlier.observedAt < rewriteAfterMs;
}
