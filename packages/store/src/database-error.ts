import { DatabaseFailedError, DatabaseUnavailableError, StoreError } from './errors.ts';

/** System errors of a connection that was not made, or broke. */
const connectionErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * SQLSTATEs (PostgreSQL manual, appendix A) that speak of the server and not of the statement: connection, login, no such
 * database, too many connections, shutting down or starting up.
 */
const unavailable = /^(08...|28...|3D000|53[0-3]00|57P0[1-5])$/;

/** `pg` says these in words alone: a pool that found no connection in time, and a connection that ended. */
const connectionMessages =
  /timeout exceeded when trying to connect|Connection terminated|connection error|not queryable/i;

/** What a driver threw, as an error that is safe to log. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  if (connectionErrors.has(code) || unavailable.test(code)) return new DatabaseUnavailableError(code);
  if (error instanceof Error && connectionMessages.test(error.message)) {
    return new DatabaseUnavailableError('no connection');
  }
  return new DatabaseFailedError(code);
}

/** Codes are short words of capitals and digits; whatever else stands in their place is not repeated. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : 'no code';
}
