import {
  dropRequest,
  grantRequests,
  hearAnswer,
  unknownBudget,
  type BudgetAnswer,
  type BudgetState,
} from './budget-state.ts';
import type { Clock } from './clock.ts';
import { ManagementRateLimitedError } from './errors.ts';
import { StorePause } from './store-pause.ts';

/** Where the state of a budget is kept, for all who share it. */
export interface BudgetStore {
  /**
   * Changes the state by a function, with nobody else in between.
   * @param change from the state (undefined: none yet) and the store's time (milliseconds since the epoch) to the next one
   */
  change<Result>(
    tenant: string,
    change: (
      state: BudgetState | undefined,
      now: number,
    ) => { readonly state: BudgetState; readonly result: Result },
  ): Promise<Result>;
}

/** Whose request it is: a user's who waits for a call, or an operator's who looks something up. Users go first. */
export type BudgetPriority = 'user' | 'operator';

/** For metrics. */
export type BudgetEvent =
  { readonly kind: 'waited'; readonly milliseconds: number } | { readonly kind: 'refused' };

/** What a {@link ManagementBudget} works with. */
export interface ManagementBudgetOptions {
  /** The tenant's domain. */
  readonly tenant: string;
  readonly clock: Clock;
  /** Left out: this process has the budget for itself. */
  readonly store?: BudgetStore;
  readonly onEvent?: (event: BudgetEvent) => void;
}

/** The right to send one request; what it came to is to be said by {@link ManagementBudget.hear} or {@link ManagementBudget.drop}. */
export interface GrantedRequest {
  /** Its number among all that were granted. */
  readonly grantedAt: number;
  /** It was granted while the store could not be asked, and has no number there. */
  readonly isAlone: boolean;
}

interface Waiting {
  readonly priority: BudgetPriority;
  readonly since: number;
  /** Milliseconds since the epoch; may move while it waits. */
  readonly deadline: () => number;
  readonly grant: (granted: GrantedRequest) => void;
  readonly refuse: (error: ManagementRateLimitedError) => void;
}

/** Others may hear of what is left before we do, so nobody waits for longer than this without looking. Milliseconds. */
const lookAgainMs = 200;

/** For operators this many are left over, so that a user who comes now need not wait for them. */
const spared: Readonly<Record<BudgetPriority, number>> = { user: 0, operator: 1 };

/**
 * How many requests may be sent to the tenant's Management API: no more than it takes, by all processes together, so that it
 * need not refuse any. Those that have to wait stand in a queue, users before operators.
 */
export class ManagementBudget {
  readonly #options: ManagementBudgetOptions;
  readonly #waiting: Waiting[] = [];
  /** What this process last saw of the budget. */
  #seen: BudgetState = unknownBudget;
  #isGranting = false;
  /** A budget is not worth a user's wait. */
  readonly #pause: StorePause;
  #wake = new AbortController();

  constructor(options: ManagementBudgetOptions) {
    this.#options = options;
    this.#pause = new StorePause(options.clock);
  }

  /**
   * Waits until a request may be sent.
   * @param deadline milliseconds since the epoch
   * @throws ManagementRateLimitedError when that will not be before the deadline
   */
  take(priority: BudgetPriority, deadline: () => number): Promise<GrantedRequest> {
    return new Promise((grant, refuse) => {
      const entry: Waiting = { priority, since: this.#options.clock.now(), deadline, grant, refuse };
      const place = this.#waiting.findLastIndex((other) => !goesBefore(entry, other)) + 1;
      this.#waiting.splice(place, 0, entry);
      this.#wake.abort();
      if (!this.#isGranting) void this.#grantAll();
    });
  }

  /** Takes note of what Auth0 said of the rate limit. */
  async hear({ isAlone, grantedAt }: GrantedRequest, answer: Omit<BudgetAnswer, 'grantedAt'>): Promise<void> {
    if (answer.status === 429) this.#options.onEvent?.({ kind: 'refused' });
    await this.#change((state, now) => {
      const heard = hearAnswer(state, { ...answer, grantedAt }, now);
      return { state: heard, result: undefined };
    }, isAlone);
    this.#wake.abort();
  }

  /** The request came to nothing: no answer tells what is left. */
  async drop({ isAlone, grantedAt }: GrantedRequest): Promise<void> {
    await this.#change((state) => ({ state: dropRequest(state, grantedAt), result: undefined }), isAlone);
    this.#wake.abort();
  }

  /** How long the next request would have to wait, as far as this process knows; milliseconds. */
  waitMs(now: number): number {
    const { left, limit, refusals, opensAt } = this.#seen;
    return refusals > 0 || (limit !== null && left === 0) ? Math.max(0, opensAt - now) : 0;
  }

  /** What the last answer said, for metrics and the operators' tenant page. */
  snapshot(): { readonly limit: number | undefined; readonly remaining: number | undefined } {
    const { limit, left } = this.#seen;
    return { limit: limit ?? undefined, remaining: limit === null ? undefined : (left ?? undefined) };
  }

  /** How many requests wait in this process. */
  get queued(): number {
    return this.#waiting.length;
  }

  async #grantAll(): Promise<void> {
    this.#isGranting = true;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { priority } = first;
      const alike = this.#waiting.filter((entry) => entry.priority === priority).length;
      const { result, isAlone } = await this.#change((state, now) => {
        const grant = grantRequests(state, alike, spared[priority], now);
        return {
          state: grant.state,
          result: { count: grant.count, granted: grant.state.granted, waitMs: grant.waitMs },
        };
      });
      const { count, granted, waitMs } = result;
      for (const [index, entry] of this.#waiting.splice(0, count).entries()) {
        this.#options.onEvent?.({
          kind: 'waited',
          milliseconds: this.#options.clock.now() - entry.since,
        });
        entry.grant({ grantedAt: granted - count + index + 1, isAlone });
      }
      if (count === 0) await this.#wait(waitMs);
    }
    this.#isGranting = false;
  }

  /** Lets those go who cannot be served in time, and waits for the others' sake. */
  async #wait(waitMs: number): Promise<void> {
    const { clock } = this.#options;
    const soonest = clock.now() + waitMs;
    for (const entry of this.#waiting.filter(({ deadline }) => deadline() < soonest)) {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      entry.refuse(new ManagementRateLimitedError(waitMs));
    }
    if (this.#waiting.length === 0) return;
    this.#wake = new AbortController();
    await clock.sleep(Math.min(waitMs, lookAgainMs), this.#wake.signal).catch(() => undefined);
  }

  /**
   * Changes the state that all share; where that cannot be had now, this process's own idea of it.
   * @param mustBeAlone true: the change is of a request that the store knows nothing of
   */
  async #change<Result>(
    change: (state: BudgetState, now: number) => { readonly state: BudgetState; readonly result: Result },
    mustBeAlone = false,
  ): Promise<{ readonly result: Result; readonly isAlone: boolean }> {
    const { store, tenant, clock } = this.#options;
    if (store !== undefined && !mustBeAlone && !this.#pause.isOn) {
      const changing = store.change(tenant, (state = unknownBudget, now) => {
        const next = change(state, now);
        return { state: next.state, result: next };
      });
      const changed = await this.#pause.ask(changing);
      if (changed !== undefined) {
        this.#seen = changed.answer.state;
        return { result: changed.answer.result, isAlone: false };
      }
    }
    const next = change(this.#seen, clock.now());
    this.#seen = next.state;
    return { result: next.result, isAlone: store !== undefined };
  }
}

function goesBefore(one: Waiting, other: Waiting): boolean {
  return one.priority === 'user' && other.priority === 'operator';
}
