import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.ts';
import { identityName } from './identity-name.ts';
import type { IdentityKey, KeptIdentity, LinkedIdentity, TokenSetStore } from './token-sets.ts';

/** What {@link KeptRows} works with. */
export interface KeptRowsOptions {
  readonly store: TokenSetStore;
  readonly clock: Clock;
  /** How long what the store said is used without asking it again, in milliseconds. */
  readonly lifetimeMs: number;
  /** How many identities are remembered. */
  readonly maxEntries: number;
}

/** What the store said of an identity; it may have had nothing. */
export interface KeptRow {
  readonly kept: KeptIdentity | undefined;
}

interface ReadRow extends KeptRow {
  /** Milliseconds since the epoch. */
  readonly readAt: number;
}

interface UnsavedRow {
  readonly kept: KeptIdentity;
  readonly saved: Promise<void>;
}

/** The store's rows as far as this process knows them, and those that the store does not have yet. */
export class KeptRows {
  readonly #store: TokenSetStore;
  readonly #clock: Clock;
  readonly #lifetimeMs: number;
  readonly #reads: LRUCache<string, ReadRow>;
  /** Raised by every write here: what was read before it must not take its place. */
  readonly #generations: LRUCache<string, number>;
  /** Renewed, and not written down yet because the store did not answer. */
  readonly #unsaved = new Map<string, UnsavedRow>();

  constructor({ store, clock, lifetimeMs, maxEntries: max }: KeptRowsOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
    this.#reads = new LRUCache({ max });
    this.#generations = new LRUCache({ max });
  }

  /** What is in memory and was read at or after `notBefore` (milliseconds since the epoch). Undefined: the store has to be asked. */
  recall(userId: string, identity: LinkedIdentity, notBefore: number): KeptRow | undefined {
    const known = this.#reads.get(identityName(userId, identity));
    const isFresh =
      known !== undefined && known.readAt >= notBefore && this.#clock.now() - known.readAt < this.#lifetimeMs;
    return isFresh ? known : undefined;
  }

  /** What is in memory, however old. */
  peek(userId: string, identity: LinkedIdentity): KeptRow | undefined {
    return this.#reads.get(identityName(userId, identity));
  }

  /** Asks the store. @throws the store's own errors */
  async read(key: IdentityKey): Promise<KeptIdentity | undefined> {
    const name = identityName(key.userId, key);
    const generation = this.#generations.get(name);
    const readAt = this.#clock.now();
    const kept = this.#unsaved.get(name)?.kept ?? (await this.#store.read(key));
    const newer = this.#generations.get(name) === generation ? undefined : this.#reads.get(name);
    // Even where that is nothing: it was forgotten meanwhile.
    if (newer !== undefined) return newer.kept;
    this.#reads.set(name, { kept, readAt });
    return kept;
  }

  /** Takes what a renewal left in place of whatever was read before, and gives it back. */
  supersede(key: IdentityKey, kept: KeptIdentity | undefined): KeptIdentity | undefined {
    const name = identityName(key.userId, key);
    this.#generations.set(name, (this.#generations.get(name) ?? 0) + 1);
    this.#reads.set(name, { kept, readAt: this.#clock.now() });
    return kept;
  }

  /** As {@link KeptRows.supersede}, where tokens were taken out of use: those that wait to be saved are no answer any more. */
  overrule(key: IdentityKey, kept: KeptIdentity | undefined): void {
    this.#unsaved.delete(identityName(key.userId, key));
    this.supersede(key, kept);
  }

  /** Answers with a row in the store's place until it is saved. @param saving must not reject */
  holdUntilSaved(key: IdentityKey, kept: KeptIdentity, saving: Promise<void>): void {
    const name = identityName(key.userId, key);
    const row: UnsavedRow = {
      kept,
      saved: saving.then(() => {
        if (this.#unsaved.get(name) === row) this.#unsaved.delete(name);
      }),
    };
    this.#unsaved.set(name, row);
  }

  /** Resolves when nothing waits to be saved. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#unsaved.values()].map(({ saved }) => saved));
  }

  /** How many identities' rows are in memory, those without a row included. */
  get size(): number {
    return this.#reads.size;
  }
}
