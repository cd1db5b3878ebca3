import type { LogEvent } from './log-event.ts';
import type { LogStream } from './log-stream-state.ts';

/** Events that wait for one sink; the oldest are dropped beyond that. */
const mostWaiting = 1000;
/** Events of one request. */
const largestBatch = 50;
/** Milliseconds after the first failure; twice as long after each further one. */
const firstPause = 100;
const longestPause = 30_000;
/** Milliseconds that a sink has to answer. */
const answerTime = 10_000;

/**
 * The events of one log stream on their way: in order, each until the sink took it, so that one may arrive twice.
 * @see https://auth0.com/docs/customize/log-streams
 */
export class LogStreamQueue {
  readonly #find: () => LogStream | undefined;
  readonly #closing: AbortSignal;
  readonly #waiting: LogEvent[] = [];
  #isBusy = false;
  #failures = 0;

  /**
   * @param find the stream as it is now; nothing once it is deleted
   * @param closing ends everything
   */
  constructor(find: () => LogStream | undefined, closing: AbortSignal) {
    this.#find = find;
    this.#closing = closing;
  }

  /** Takes an event. It never waits for the sink. */
  push(event: LogEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
  }

  /** Sends what waits, unless that is under way, or the stream is paused. */
  async drain(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    // Whoever wrote the event goes on first, and may write more for the same request.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0 && !this.#closing.aborted) {
      const stream = this.#find();
      if (stream?.status !== 'active') break;
      const size = stream.sink.httpContentFormat === 'JSONOBJECT' ? 1 : largestBatch;
      const batch = this.#waiting.slice(0, size);
      if (await this.#send(stream, batch)) {
        this.#failures = 0;
        const sent = new Set(batch);
        // Some of the batch may have been dropped from the front meanwhile.
        while (this.#waiting[0] !== undefined && sent.has(this.#waiting[0])) this.#waiting.shift();
      } else {
        this.#failures += 1;
        await this.#pause(Math.min(firstPause * 2 ** (this.#failures - 1), longestPause));
      }
    }
    this.#isBusy = false;
  }

  async #send({ sink }: LogStream, batch: readonly LogEvent[]): Promise<boolean> {
    try {
      const response = await fetch(sink.httpEndpoint, {
        method: 'POST',
        headers: {
          ...Object.fromEntries(sink.httpCustomHeaders?.map(({ header, value }) => [header, value]) ?? []),
          'content-type': sink.httpContentType ?? 'application/json',
          ...(sink.httpAuthorization !== undefined && { authorization: sink.httpAuthorization }),
        },
        body: write(batch, sink.httpContentFormat),
        redirect: 'error',
        signal: AbortSignal.any([this.#closing, AbortSignal.timeout(answerTime)]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#closing.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#closing.addEventListener('abort', end);
    });
  }
}

function write(batch: readonly LogEvent[], format: LogStream['sink']['httpContentFormat']): string {
  const items = batch.map((event) => ({ log_id: event.log_id, data: event }));
  if (format === 'JSONARRAY') return JSON.stringify(items);
  return items.map((item) => JSON.stringify(item)).join('\n');
}
