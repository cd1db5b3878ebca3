/** A cached value, and when it ends: milliseconds since the epoch. */
export interface CacheRecord {
  readonly value: string;
  readonly expires_at: number;
}

/** What `api.cache.set` and `api.cache.delete` answer, by Auth0's own codes. */
export type CacheAnswer =
  | { readonly type: 'success'; readonly record?: CacheRecord }
  | { readonly type: 'error'; readonly code: string };

/** A change that an Action asked for, to be made again where the cache is kept. */
export type CacheChange =
  | { readonly type: 'cache.set'; readonly key: string; readonly record: CacheRecord }
  | { readonly type: 'cache.delete'; readonly key: string };

const minute = 60_000;
const defaultLifetime = 15 * minute;
const longestLifetime = 24 * 60 * minute;
const mostEntries = 20;
const longestKey = 64;
const longestValue = 4096;
const largestCache = 8192;

/**
 * What the Actions of one trigger keep between executions. Sizes count in bytes of UTF-8.
 * @see https://auth0.com/docs/customize/actions/limitations
 */
export class ActionCache {
  readonly #now: () => number;
  readonly #records: Map<string, CacheRecord>;

  constructor(now: () => number, records: Iterable<readonly [string, CacheRecord]> = []) {
    this.#now = now;
    this.#records = new Map(records);
  }

  /** Everything that has not ended. */
  records(): [string, CacheRecord][] {
    for (const [key, record] of this.#records)
      if (record.expires_at <= this.#now()) this.#records.delete(key);
    return [...this.#records];
  }

  /** The record of a key, unless it has ended. */
  get(key: string): CacheRecord | undefined {
    return this.records().find(([other]) => other === key)?.[1];
  }

  /** Stores a value for 15 minutes, or until the earlier of `ttl` and `expires_at` (milliseconds). */
  set(key: string, value: string, options: { ttl?: number; expires_at?: number } = {}): CacheAnswer {
    const now = this.#now();
    const lifetime = options.ttl ?? (options.expires_at === undefined ? defaultLifetime : Infinity);
    const end = Math.min(now + lifetime, options.expires_at ?? Infinity, now + longestLifetime);
    if (Number.isNaN(end)) return { type: 'error', code: 'InvalidExpiry' };
    if (end <= now) return { type: 'error', code: 'ItemAlreadyExpired' };
    if (Buffer.byteLength(key) > longestKey) return { type: 'error', code: 'CacheKeySizeExceeded' };
    if (Buffer.byteLength(value) > longestValue) return { type: 'error', code: 'CacheValueSizeExceeded' };
    const others = this.records().filter(([other]) => other !== key);
    const size = others.reduce(
      (total, [other, record]) => total + Buffer.byteLength(other) + Buffer.byteLength(record.value),
      Buffer.byteLength(key) + Buffer.byteLength(value),
    );
    if (others.length >= mostEntries || size > largestCache)
      return { type: 'error', code: 'CacheSizeExceeded' };
    const record = { value, expires_at: end };
    this.#records.set(key, record);
    return { type: 'success', record };
  }

  /** Forgets a key. */
  delete(key: string): CacheAnswer {
    return this.#records.delete(key) ? { type: 'success' } : { type: 'error', code: 'CacheKeyDoesNotExist' };
  }

  /** Makes a change that a copy of this cache has answered with success. */
  apply(change: CacheChange): void {
    if (change.type === 'cache.delete') this.delete(change.key);
    else this.set(change.key, change.record.value, { expires_at: change.record.expires_at });
  }
}
