/** The services that can be disturbed and whose requests are counted. */
export type DisturbableService = 'authentication' | 'management' | 'idps';

/** What goes wrong on purpose at one service. */
export interface Fault {
  /** Only requests whose path starts with this are disturbed; absent: all of the service. */
  readonly pathPrefix?: string;
  /** Added before the answer, in milliseconds. */
  readonly delayMs?: number;
  /** Answer this status instead of the real answer. */
  readonly status?: number;
  /** Headers of that answer, such as `retry-after`. `{request}` in them stands for what it does in {@link Fault.body}. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Body of that answer; a short text of its own when left out. `{request}` in it stands for what the request bore, its
   * authorization, query and body, as it would stand in a JSON string: careless servers repeat it in their errors.
   */
  readonly body?: string;
  /** Drop the connection without any answer, before anything was done. */
  readonly dropConnection?: boolean;
  /** Do what was asked for, and drop the connection in the place of the answer. */
  readonly loseAnswer?: boolean;
  /** How many more requests it hits; absent: until it is cleared. */
  readonly times?: number;
}

/** Faults in force and requests seen, by service. */
export class Faults {
  #faults: { service: DisturbableService; fault: Fault; left: number }[] = [];
  readonly #requests: { service: DisturbableService; method: string; path: string }[] = [];

  /** Puts a fault in force. */
  add(service: DisturbableService, fault: Fault): void {
    this.#faults.push({ service, fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Ends every fault. */
  clear(): void {
    this.#faults = [];
  }

  /** Counts a request and returns the fault that hits it, if any. `path` has no query: queries may carry secrets. */
  next(service: DisturbableService, method: string, path: string): Fault | undefined {
    this.#requests.push({ service, method, path });
    if (this.#requests.length > 100_000) this.#requests.splice(0, 50_000);
    const hit = this.#faults.find(
      (entry) => entry.service === service && entry.left > 0 && path.startsWith(entry.fault.pathPrefix ?? ''),
    );
    if (hit === undefined) return undefined;
    hit.left -= 1;
    return hit.fault;
  }

  /** How many requests a service has seen, of one method and path prefix when given. */
  count(service: DisturbableService, filter: { method?: string; pathPrefix?: string } = {}): number {
    return this.#requests.filter(
      (request) =>
        request.service === service &&
        (filter.method === undefined || request.method === filter.method) &&
        request.path.startsWith(filter.pathPrefix ?? ''),
    ).length;
  }

  /** Forgets the requests counted so far. */
  resetCounts(): void {
    this.#requests.length = 0;
  }
}
