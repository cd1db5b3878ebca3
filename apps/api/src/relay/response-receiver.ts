import { Readable } from 'node:stream';
import type { SecretMask } from '@idp-relay/idp-tokens';
import { errors, type Dispatcher } from 'undici';
import type { CancelSignal } from './cancel-signal.ts';
import type { Problem } from '../problems/problem.ts';
import { failureOf, partialTextRefused, statusRefused } from './idp-failure.ts';

/** What an IdP answered. */
export interface IdpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** A short one is whole by now: bytes cost far less than a stream of them. Any other one must be read or destroyed. */
  readonly body: Buffer | Readable;
}

/** A status beyond it means nothing to HTTP (RFC 9110 section 15), and cannot be handed on. LinkedIn has a 999. */
const largestStatus = 599;

/** A body that says it is no longer than this is received before it goes on, so that it goes on in one piece. Bytes. */
const longestWholeBody = 16 * 1024;

/** No more of a body is asked for while so many bytes wait for a slow reader. */
const bodyHighWaterMark = 16 * 1024;

/** Requests that were given up before they had a connection. The dispatcher lets go of them only when it would have sent them. */
export interface AbandonedRequests {
  count: number;
}

/**
 * Receives one answer from the dispatcher as it arrives: short bodies in memory, others as a stream that is sent no faster
 * than it is read. A failure after the headers breaks the stream. What must not come back is written over on the way:
 * Facebook puts the token into the addresses of further pages. Length and all other bytes stay as they are, and no byte waits
 * for longer than it takes to know.
 */
export class ResponseReceiver implements Dispatcher.DispatchHandler {
  /** Fails with Problem `idp_unavailable` or `idp_timeout`, or with CallerGoneError. */
  readonly response: Promise<IdpResponse>;
  readonly #settle: Pick<PromiseWithResolvers<IdpResponse>, 'resolve' | 'reject'>;
  readonly #signal: CancelSignal;
  readonly #mask: SecretMask | undefined;
  readonly #abandoned: AbandonedRequests;
  #controller: Dispatcher.DispatchController | undefined;
  #isGivenUp = false;
  #status = 0;
  #headers: IdpResponse['headers'] = {};
  readonly #chunks: Buffer[] = [];
  #stream: BodyStream | undefined;

  /**
   * @param signal breaks the exchange off, with its reason
   * @param mask of this answer alone; a compressed body goes by unread
   * @param abandoned where the request counts while it is given up and the dispatcher holds it still
   */
  constructor(signal: CancelSignal, mask: SecretMask | undefined, abandoned: AbandonedRequests) {
    const { promise, ...settle } = Promise.withResolvers<IdpResponse>();
    this.response = promise;
    this.#settle = settle;
    this.#signal = signal;
    this.#mask = mask;
    this.#abandoned = abandoned;
    signal.addEventListener('abort', this.#abort);
  }

  /** Takes a failure that the dispatcher does not know of. */
  readonly fail = (cause: unknown): void => {
    this.#settle.reject(failureOf(cause, this.#signal));
  };

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
    this.#status = status;
    this.#headers = headers;
    if (isShort(headers)) return;
    this.#stream = new BodyStream(controller);
    this.#received(this.#stream);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream === undefined) this.#chunks.push(chunk);
    else if (!this.#stream.push(this.#mask?.push(chunk) ?? chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#stream === undefined) {
      const body = joined(this.#chunks);
      this.#received(this.#mask?.whole(body) ?? body);
    } else this.#stream.complete(this.#mask?.end());
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#isGivenUp) this.#abandoned.count -= 1;
    else if (this.#stream === undefined) this.fail(cause);
    else this.#stream.destroy(cause);
  }

  #received(body: IdpResponse['body']): void {
    const refusal = this.#refusal();
    if (refusal === undefined) {
      this.#settle.resolve({ status: this.#status, headers: this.#headers, body });
      return;
    }
    discard(body);
    this.#settle.reject(refusal);
  }

  #refusal(): Problem | undefined {
    if (this.#status > largestStatus) return statusRefused(this.#status);
    return this.#status === 206 && isPartOfText(this.#headers) ? partialTextRefused() : undefined;
  }

  readonly #abort = (): void => {
    const reason: unknown = this.#signal.reason;
    const cause = reason instanceof Error ? reason : new errors.RequestAbortedError();
    if (this.#controller !== undefined) {
      this.#controller.abort(cause);
      return;
    }
    this.#isGivenUp = true;
    this.#abandoned.count += 1;
    this.fail(cause);
  };
}

/** Nearly all short bodies come in one piece. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
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

/** A part of a text's bytes, or perhaps one. Pages of lists come with 206 as well, and are whole in themselves. */
function isPartOfText({
  'content-type': type = 'text',
  'content-range': range,
}: IdpResponse['headers']): boolean {
  const isText =
    /^(?:text|multipart)|^image\/svg|[/+](?:json|xml|yaml|javascript|x-ndjson|x-www-form-urlencoded)\b/i;
  return isText.test(String(type)) && (/^multipart/i.test(String(type)) || /^bytes\b/i.test(String(range)));
}

function isShort({ 'content-length': length }: IdpResponse['headers']): boolean {
  return length !== undefined && Number(length) <= longestWholeBody;
}
