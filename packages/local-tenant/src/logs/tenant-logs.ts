import { isoTime, type Clock } from '../clock.ts';
import type { LogEvent, LogInput } from './log-event.ts';

/** Older events are forgotten. */
const mostEvents = 1000;

/** The tenant's log: the last thousand events, oldest first. Gone with the process. */
export class TenantLogs {
  readonly #clock: Clock;
  readonly #tenantName: string;
  readonly #events: LogEvent[] = [];
  readonly #listeners: ((event: LogEvent) => void)[] = [];
  #count = 0;

  constructor(clock: Clock, tenantName: string) {
    this.#clock = clock;
    this.#tenantName = tenantName;
  }

  /** What is kept, oldest first. */
  get events(): readonly LogEvent[] {
    return this.#events;
  }

  /** Hears every event from now on. */
  listen(listener: (event: LogEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Writes an event. */
  record(input: LogInput): void {
    const date = isoTime(this.#clock.now());
    this.#count += 1;
    const event: LogEvent = {
      // As Auth0's, ids sort by time, and have the same length.
      log_id: `900${date.replaceAll(/\D/g, '')}${String(this.#count).padStart(20, '0')}`,
      date,
      tenant_name: this.#tenantName,
      environment_name: 'local',
      ...input,
    };
    this.#events.push(event);
    if (this.#events.length > mostEvents) this.#events.shift();
    for (const listener of this.#listeners) listener(event);
  }
}
