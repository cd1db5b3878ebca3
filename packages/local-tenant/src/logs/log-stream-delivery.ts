import type { TenantState } from '../state/tenant-state.ts';
import { categoryOf } from './log-categories.ts';
import type { LogEvent } from './log-event.ts';
import { LogStreamQueue } from './log-stream-queue.ts';
import type { LogStream } from './log-stream-state.ts';
import type { TenantLogs } from './tenant-logs.ts';

/** Brings log events to the sinks of the log streams. */
export class LogStreamDelivery {
  readonly #state: Pick<TenantState, 'logStreams'>;
  readonly #queues = new Map<string, LogStreamQueue>();
  readonly #closing = new AbortController();

  constructor(state: Pick<TenantState, 'logStreams'>, logs: TenantLogs) {
    this.#state = state;
    logs.listen((event) => this.#take(event));
  }

  /** Ends all deliveries; what waits is lost. */
  close(): void {
    this.#closing.abort();
  }

  #take(event: LogEvent): void {
    const { logStreams } = this.#state;
    for (const id of this.#queues.keys())
      if (!logStreams.some((stream) => stream.id === id)) this.#queues.delete(id);
    for (const stream of logStreams) {
      const queue = this.#queueOf(stream.id);
      if (isWanted(stream, event)) queue.push(event);
      // A stream that was paused begins again at the next event, its own resumption at the latest.
      void queue.drain();
    }
  }

  #queueOf(id: string): LogStreamQueue {
    const kept = this.#queues.get(id);
    if (kept !== undefined) return kept;
    const find = (): LogStream | undefined => this.#state.logStreams.find((stream) => stream.id === id);
    const queue = new LogStreamQueue(find, this.#closing.signal);
    this.#queues.set(id, queue);
    return queue;
  }
}

function isWanted({ filters = [] }: LogStream, { type }: LogEvent): boolean {
  return filters.length === 0 || filters.some(({ name }) => name === categoryOf(type));
}
