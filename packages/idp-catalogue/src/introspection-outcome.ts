import { z } from 'zod';
import type { ExpiresFrom, ScopesFrom } from './answer-places.ts';
import type { Introspection } from './call-schema.ts';
import { readJsonPointer } from './json-pointer.ts';
import type { FieldCondition } from './response-schema.ts';
import { bearsSignal, meetsCondition, type ObservedResponse } from './response-signal.ts';

/**
 * What an answer to an introspection says:
 * - `active`, `inactive`: of the token. - `client_refused`: the client that asked was refused; nothing of the token.
 * - `inconclusive`: nothing.
 */
export type IntrospectionOutcome = 'active' | 'inactive' | 'client_refused' | 'inconclusive';

/** A field that says of itself that the token is alive (RFC 7662 section 2.2). */
const isActive: FieldCondition = { jsonPointer: '/active', equals: true };

/** Where scopes and end stand by RFC 7662 section 2.2. */
const standardScopes: ScopesFrom = { jsonPointer: '/scope', separator: ' ' };
const standardEnd: ExpiresFrom = { jsonPointer: '/exp', unit: 'epochSeconds' };

/** Where an introspection's answer names scopes and end. */
export function introspectedFacts({ scopesFrom, expiresFrom }: Introspection): {
  readonly scopesFrom: ScopesFrom;
  readonly expiresFrom: ExpiresFrom;
} {
  return { scopesFrom: scopesFrom ?? standardScopes, expiresFrom: expiresFrom ?? standardEnd };
}

const Answer = z.record(z.string(), z.unknown());

/** Errors of RFC 6749 section 5.2 that are about the client. */
const ClientError = z.looseObject({ error: z.enum(['invalid_client', 'unauthorized_client']) });

/**
 * Reads an answer to an introspection. A no is believed only in so many words: a JSON object whose status is one of dead
 * tokens, and with a 200 the very field that would say yes.
 */
export function readIntrospection(
  introspection: Introspection,
  response: ObservedResponse,
): IntrospectionOutcome {
  const { okWhen = isActive, badTokenStatus = [200], refusedClientSignal } = introspection;
  const { status, body } = response;
  const isAboutClient = status >= 400 && ClientError.safeParse(body).success;
  if (status === 401 || isAboutClient || bearsSignal(refusedClientSignal, response)) return 'client_refused';
  if (!Answer.safeParse(body).success) return 'inconclusive';
  if (status === 200 && meetsCondition(okWhen, body)) return 'active';
  if (!badTokenStatus.includes(status)) return 'inconclusive';
  return status !== 200 || saysOtherwise(okWhen, body) ? 'inactive' : 'inconclusive';
}

/** The field is there and says something else; one of another kind, or none, is not an answer to the question. */
function saysOtherwise({ jsonPointer, equals }: FieldCondition, body: unknown): boolean {
  const value = readJsonPointer(body, jsonPointer);
  return equals === undefined ? value !== undefined : typeof value === typeof equals;
}
