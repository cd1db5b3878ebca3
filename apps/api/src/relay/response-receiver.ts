import { Readable } from 'node:stream';
import { errors, type Dispatcher } from 'undici';

/** What an IdP answered. */
export interface IdpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** A short one is whole by now: bytes cost far less than a stream of them. Any other one must be read or destroyed. */
  readonly body: Buffer | Readable;
}

/** A body that says it is no longer than this is received before it goes on, so that it goes on in one piece. Bytes. */
const longestWholeBody = 16 * 1024;

/** A slow reader makes the relay keep so many bytes of a body, here and at each further step, and no more. */
export const bodyHighWaterMark = 16 * 1024;

/** Who waits for an answer: called once, by one of the two. */
export interface ResponseListener {
  received(response: IdpResponse): void;
  failed(cause: unknown): void;
}

/**
 * Receives one answer from the dispatcher as it arrives: short bodies in memory, others as a stream that is sent no faster
 * than it is read. A failure after the headers breaks the stream.
 */
export class ResponseReceiver implements Dispatcher.DispatchHandler {
  readonly #listener: ResponseListener;
  readonly #signal: AbortSignal;
  #controller: Dispatcher.DispatchController | undefined;
  #head: Omit<IdpResponse, 'body'> | undefined;
  #chunks: Buffer[] = [];
  #stream: BodyStream | undefined;

  /** @param signal breaks the exchange off, with its reason */
  constructor(listener: ResponseListener, signal: AbortSignal) {
    this.#listener = listener;
    this.#signal = signal;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) this.#abort();
    else this.#signal.addEventListener('abort', this.#abort);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IdpResponse['headers'],
  ): void {
    // Interim answers are between two machines (RFC 9110 section 15.2).
    if (status < 200) return;
    this.#head = { status, headers };
    if (isShort(headers)) return;
    this.#stream = new BodyStream(controller);
    this.#listener.received({ status, headers, body: this.#stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream === undefined) this.#chunks.push(chunk);
    else if (!this.#stream.push(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#stream !== undefined) this.#stream.complete();
    else if (this.#head !== undefined) {
      const [first, ...others] = this.#chunks;
      const body = first !== undefined && others.length === 0 ? first : Buffer.concat(this.#chunks);
      this.#listener.received({ ...this.#head, body });
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#stream === undefined) this.#listener.failed(cause);
    else this.#stream.destroy(cause);
  }

  readonly #abort = (): void => {
    const reason: unknown = this.#signal.reason;
    this.#controller?.abort(reason instanceof Error ? reason : new errors.RequestAbortedError());
  };
}

/** A body that arrives no faster than it is read. Destroyed before its end, it takes the connection with it. */
class BodyStream extends Readable {
  readonly #controller: Dispatcher.DispatchController;
  #isComplete = false;

  constructor(controller: Dispatcher.DispatchController) {
    super({ highWaterMark: bodyHighWaterMark });
    this.#controller = controller;
  }

  complete(): void {
    this.#isComplete = true;
    this.push(null);
  }

  override _read(): void {
    this.#controller.resume();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (!this.#isComplete) this.#controller.abort(error ?? new errors.RequestAbortedError());
    callback(error);
  }
}

function isShort({ 'content-length': length }: IdpResponse['headers']): boolean {
  return length !== undefined && Number(length) <= longestWholeBody;
}
