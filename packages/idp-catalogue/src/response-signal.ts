import type { CatalogueEntry } from './catalogue-entry.ts';
import { readJsonPointer } from './json-pointer.ts';
import type { FieldCondition, ResponseSignal } from './response-schema.ts';

/** The part of an IdP's answer that signals look at. */
export interface ObservedResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, or `undefined` where the body is none or was not read. */
  readonly body: unknown;
}

/**
 * What an answer says of the token that was sent: good but short of a scope, refused, or nothing.
 * Only `refused` means that the token is dead.
 */
export type TokenFate = 'missing_scope' | 'refused' | 'none';

type Signals = Pick<CatalogueEntry, 'expiredSignal' | 'missingScopeSignal' | 'rateLimit'>;
type Alternative = ResponseSignal[number];

/**
 * Reads an answer of an IdP. A missing scope is asked for first, because it may come with the very status of dead
 * tokens; then whatever the entry says of dead tokens; and a 401 of which nothing else is known is a refusal.
 */
export function readTokenFate(entry: Signals, response: ObservedResponse): TokenFate {
  const { missingScopeSignal, expiredSignal, rateLimit } = entry;
  if (bearsSignal(missingScopeSignal, response, rateLimit)) return 'missing_scope';
  return response.status === 401 || bearsSignal(expiredSignal, response, rateLimit) ? 'refused' : 'none';
}

/** True where one of a signal's alternatives holds for an answer. */
export function bearsSignal(
  signal: ResponseSignal | undefined,
  response: ObservedResponse,
  rateLimit?: Signals['rateLimit'],
): boolean {
  return signal?.some((alternative) => holds(alternative, response, rateLimit)) === true;
}

/**
 * Must the body be read for `readTokenFate` to be right about this status? A 401 is a refusal whatever its body says of
 * dead tokens, so there only a missing scope counts.
 */
export function mayTellByBody(entry: Signals, status: number): boolean {
  return (
    tellsByBody(entry.missingScopeSignal, status) ||
    (status !== 401 && tellsByBody(entry.expiredSignal, status))
  );
}

function tellsByBody(signal: ResponseSignal | undefined, status: number): boolean {
  return (
    signal?.some(
      (alternative) => alternative.jsonPointer !== undefined && alternative.status.includes(status),
    ) === true
  );
}

/** Does a body meet the condition? One that is not JSON never does, since it is not the answer that was expected. */
export function meetsCondition(condition: FieldCondition, body: unknown): boolean {
  const value = readJsonPointer(body, condition.jsonPointer);
  if (condition.absent === true) return body !== undefined && (value === undefined || value === null);
  return value === condition.equals;
}

function holds(
  alternative: Alternative,
  response: ObservedResponse,
  rateLimit: Signals['rateLimit'],
): boolean {
  // Most alternatives are of other statuses than the answer's.
  if (!alternative.status.includes(response.status)) return false;
  const { jsonPointer, header } = alternative;
  if (jsonPointer === undefined && header === undefined) return !saysSlowDown(rateLimit, response);
  if (header !== undefined && !headerText(response, header.name).includes(header.contains)) return false;
  if (jsonPointer === undefined) return true;
  const found = readJsonPointer(response.body, jsonPointer);
  const candidates: readonly unknown[] = Array.isArray(found) ? found : [found];
  return candidates.some((candidate) => hasValue(candidate, alternative));
}

/** IdPs write their codes as numbers here and as texts there, so both are compared as texts. */
function hasValue(found: unknown, { in: wanted, range }: Pick<Alternative, 'in' | 'range'>): boolean {
  if (found === undefined || found === null) return false;
  if (wanted === undefined && range === undefined) return true;
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return false;
  if (wanted?.some((value) => String(value) === String(found)) === true) return true;
  return range !== undefined && found !== '' && Number(found) >= range.from && Number(found) <= range.to;
}

/** A status that means "slow down" as well says nothing alone when the answer does say "slow down". */
function saysSlowDown(rateLimit: Signals['rateLimit'], response: ObservedResponse): boolean {
  if (rateLimit?.limitStatus.includes(response.status) !== true) return false;
  const isUsedUp = (name: string) => /remaining$/i.test(name) && headerText(response, name) === '0';
  return headerText(response, 'retry-after') !== '' || rateLimit.headers.some(isUsedUp);
}

function headerText({ headers }: ObservedResponse, name: string): string {
  return String(headers[name.toLowerCase()] ?? '');
}
