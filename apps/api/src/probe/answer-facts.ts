import { readJsonPointer, type ExpiresFrom, type ScopesFrom } from '@idp-relay/idp-catalogue';
import type { IdpResponse } from '../relay/response-receiver.ts';
import type { ShownFacts } from './check-options.ts';

/** An answer that facts of a token are read from. */
export interface FactsAnswer extends Pick<IdpResponse, 'headers'> {
  /** Parsed JSON, or `undefined`. */
  readonly body: unknown;
}

/** Where an answer has what it says of a live token. */
interface FactPlaces {
  readonly scopesFrom?: ScopesFrom | undefined;
  readonly expiresFrom?: ExpiresFrom | undefined;
}

/**
 * What an answer says of a token that is alive.
 * @param now milliseconds since the epoch
 */
export function readFacts(
  { scopesFrom, expiresFrom }: FactPlaces,
  answer: FactsAnswer,
  now: number,
): Pick<ShownFacts, 'grantedScopes' | 'expiresAt'> {
  const grantedScopes = readScopes(scopesFrom, answer);
  const expiresAt = readExpiry(expiresFrom, answer, now);
  return { ...(grantedScopes && { grantedScopes }), ...(expiresAt !== undefined && { expiresAt }) };
}

/** The scopes that an answer names; `undefined` where it names none, or nothing says where they stand. */
function readScopes(scopesFrom: ScopesFrom | undefined, answer: FactsAnswer): string[] | undefined {
  if (scopesFrom === undefined) return undefined;
  const { header, jsonPointer, separator } = scopesFrom;
  const value =
    header === undefined
      ? readJsonPointer(whereHolds(answer.body, scopesFrom), jsonPointer ?? '')
      : answer.headers[header.toLowerCase()];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'string') return undefined;
  return value
    .split(separator?.trim() === '' || separator === undefined ? ' ' : separator.trim())
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** `where` keeps those items of a list that have these fields: Facebook lists declined permissions too. */
function whereHolds(body: unknown, { where }: ScopesFrom): unknown {
  if (where === undefined) return body;
  const keep = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => hasFields(item, where)).map(keep);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, keep(inner)]));
    }
    return value;
  };
  return keep(body);
}

function hasFields(item: unknown, fields: Readonly<Record<string, unknown>>): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const entries = new Map<string, unknown>(Object.entries(item));
  return Object.entries(fields).every(([name, value]) => entries.get(name) === value);
}

/** Further off than this is no moment that a date can hold. Milliseconds since the epoch. */
const lastMoment = 8.64e15;

/**
 * The end of the token by an answer, in milliseconds since the epoch; `undefined` where it names none.
 * @param now milliseconds since the epoch
 */
function readExpiry(
  expiresFrom: ExpiresFrom | undefined,
  answer: FactsAnswer,
  now: number,
): number | undefined {
  if (expiresFrom === undefined) return undefined;
  const { header, jsonPointer, unit } = expiresFrom;
  const value =
    header === undefined
      ? readJsonPointer(answer.body, jsonPointer ?? '')
      : answer.headers[header.toLowerCase()];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const moment = toMoment(value, unit, now);
  return Number.isFinite(moment) && Math.abs(moment) <= lastMoment ? moment : undefined;
}

/** NaN for what is none; a moment of 0 stands for "no end" (Facebook). */
function toMoment(value: string | number, unit: ExpiresFrom['unit'], now: number): number {
  const number = Number(value);
  switch (unit) {
    case 'secondsFromNow':
      return now + number * 1000;
    case 'epochSeconds':
      return number > 0 ? number * 1000 : Number.NaN;
    case 'epochMilliseconds':
      return number > 0 ? number : Number.NaN;
    case 'dateTime':
      return Date.parse(String(value));
  }
}
