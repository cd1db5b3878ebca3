import { Readable } from 'node:stream';
import type { SecretMask } from '@idp-relay/idp-tokens';
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

/** No more of a body is asked for while so many bytes wait for a slow reader. */
const bodyHighWaterMark = 16 * 1024;

/** Who waits for an answer: one of the first three is called, once. */
export interface ResponseListener {
  received(response: IdpResponse): void;
  failed(cause: unknown): void;
  /** The signal aborted while the request waited for a connection; the dispatcher does not let go of it at once. */
  gaveUp(cause: unknown): void;
  /** It has let go of a request that was given up. */
  letGo(): void;
}

/**
 * Receives one answer from the dispatcher as it arrives: short bodies in memory, others as a stream that is sent no faster
 * than it is read. A failure after the headers breaks the stream. What must not come back is written over on the way:
 * Facebook puts the token into the addresses of further pages. Length and all other bytes stay as they are, and no byte waits
 * for longer than it takes to know.
 */
export class ResponseReceiver implements Dispatcher.DispatchHandler {
  readonly #listener: ResponseListener;
  readonly #signal: AbortSignal;
  readonly #mask: SecretMask | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isGivenUp = false;
  #head: Omit<IdpResponse, 'body'> | undefined;
  #chunks: Buffer[] = [];
  #stream: BodyStream | undefined;

  /**
   * @param signal breaks the exchange off, with its reason
   * @param mask of this answer alone; a compressed body goes by unread
   */
  constructor(listener: ResponseListener, signal: AbortSignal, mask: SecretMask | undefined) {
    this.#listener = listener;
    this.#signal = signal;
    this.#mask = mask;
    signal.addEventListener('abort', this.#abort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) this.#abort();
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
    else if (!this.#stream.push(this.#mask?.push(chunk) ?? chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#stream !== undefined) this.#stream.complete(this.#mask?.end());
    else if (this.#head !== undefined) {
      const [first, ...others] = this.#chunks;
      const body = first !== undefined && others.length === 0 ? first : Buffer.concat(this.#chunks);
      this.#listener.received({ ...this.#head, body: this.#mask?.whole(body) ?? body });
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#isGivenUp) this.#listener.letGo();
    else if (this.#stream === undefined) this.#listener.failed(cause);
    else this.#stream.destroy(cause);
  }

  readonly #abort = (): void => {
    const reason: unknown = this.#signal.reason;
    const cause = reason instanceof Error ? reason : new errors.RequestAbortedError();
    if (this.#controller !== undefined) {
      this.#controller.abort(cause);
      return;
    }
    this.#isGivenUp = true;
    this.#listener.gaveUp(cause);
  };
}

/** A body that arrives no faster than it is read. Destroyed before its end, it takes the connection with it. */
class BodyStream extends Readable {
  readonly #controller: Dispatcher.DispatchController;
  #isComplete = false;

  constructor(controller: Dispatcher.DispatchController) {
    super({ highWaterMark: bodyHighWaterMark });
    this.#controller = controller;
    // It may break before anybody reads it; whoever does hears of it all the same.
    this.on('error', () => undefined);
  }

  /** @param rest the last bytes */
  complete(rest: Buffer | undefined): void {
    this.#isComplete = true;
    if (rest !== undefined) this.push(rest);
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

/** Lets a body go that nobody will read. What its stream says of that is of no interest, and must not be left unheard. */
export function discard(body: IdpResponse['body']): void {
  if (!Buffer.isBuffer(body)) body.on('error', () => undefined).destroy();
}

function isShort({ 'content-length': length }: IdpResponse['headers']): boolean {
  return length !== undefined && Number(length) <= longestWholeBody;
}
