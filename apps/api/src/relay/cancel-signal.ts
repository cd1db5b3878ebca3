/**
 * Says that a call is to be broken off, and why. It is the part of an AbortSignal that calls need: every AbortSignal is one,
 * and so is a caller's presence, which is made for each call and costs far less.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  /** Once it aborted. */
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  /** @throws the reason, once it aborted */
  throwIfAborted(): void;
}
