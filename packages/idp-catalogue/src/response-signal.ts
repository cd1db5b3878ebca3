import type { ResponseSignal } from './catalogue-entry.ts';
import { readJsonPointer } from './json-pointer.ts';

/** The part of an IdP's answer that a signal looks at. */
export interface ObservedResponse {
  readonly status: number;
  /** Parsed JSON, or `undefined` where the body is none or was not read. */
  readonly body: unknown;
}

/** Does an answer bear the signal: its status, and its field of the body where one is named. */
export function matchesSignal(signal: ResponseSignal | undefined, response: ObservedResponse): boolean {
  if (signal?.status.includes(response.status) !== true) return false;
  return (
    signal.jsonPointer === undefined || readJsonPointer(response.body, signal.jsonPointer) === signal.equals
  );
}
