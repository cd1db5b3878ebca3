/** Every code that a {@link StoreError} can bear. A code never changes its meaning. */
export type StoreErrorCode =
  | 'database_failed'
  | 'database_locked'
  | 'database_unavailable'
  | 'database_url_invalid'
  | 'key_ring_invalid'
  | 'key_unknown'
  | 'migration_failed'
  | 'seal_broken';

/**
 * What all errors of this package have in common. The message holds no secret, no database URL and no row, and there is
 * no `cause`: what the drivers throw carries queries, parameters and, from PGlite, its whole source.
 */
export abstract class StoreError extends Error {
  /** Stable; branch on this, never on the message. */
  abstract readonly code: StoreErrorCode;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** Another process, or this one, has the embedded database of the folder open. */
export class DatabaseLockedError extends StoreError {
  readonly code = 'database_locked';
  readonly folder: string;
  /** The process that has it open, where it could be read. */
  readonly pid: number | undefined;
  constructor(folder: string, pid: number | undefined) {
    super(
      `The database in ${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. ` +
        'Stop that process first, or set DATABASE_URL to share a Postgres server between processes.',
    );
    this.folder = folder;
    this.pid = pid;
  }
}

/** The database could not be reached, let nobody in, or went away. Nothing is known of the statement under way. */
export class DatabaseUnavailableError extends StoreError {
  readonly code = 'database_unavailable';
  /** SQLSTATE or system error code, where there is one. */
  readonly reason: string;
  constructor(reason: string) {
    super(`The database is not available (${reason}). Check that it runs and that DATABASE_URL is right.`);
    this.reason = reason;
  }
}

/** The database refused a statement, or failed in it. */
export class DatabaseFailedError extends StoreError {
  readonly code = 'database_failed';
  /** SQLSTATE (PostgreSQL manual, appendix A) or another code, where there is one. */
  readonly reason: string;
  constructor(reason: string) {
    super(`The database failed in a statement (${reason}).`);
    this.reason = reason;
  }
}

/** DATABASE_URL is not one of Postgres. */
export class InvalidDatabaseUrlError extends StoreError {
  readonly code = 'database_url_invalid';
  constructor() {
    super('The database URL cannot be used. It looks like postgres://user:password@host:5432/database.');
  }
}

/** The tables could not be brought up to date. */
export class MigrationFailedError extends StoreError {
  readonly code = 'migration_failed';
  constructor(what: string) {
    super(`The database's tables could not be brought up to date: ${what}`);
  }
}

/** The text of the key ring cannot be used. */
export class InvalidKeyRingError extends StoreError {
  readonly code = 'key_ring_invalid';
  constructor(what: string) {
    super(
      `The encryption keys cannot be used: ${what}. ` +
        'Write id:base64 for each, comma-separated, the one for new rows first; `openssl rand -base64 32` makes one.',
    );
  }
}

/** A row was sealed under a key that the key ring does not hold. */
export class UnknownKeyError extends StoreError {
  readonly code = 'key_unknown';
  readonly keyId: string;
  constructor(keyId: string) {
    super(
      `A kept token set is encrypted under the key "${keyId}", which is not among the encryption keys. ` +
        'Add it behind the current one until all rows are re-wrapped.',
    );
    this.keyId = keyId;
  }
}

/** A row does not open: it was changed, copied from another identity, or sealed under another key of the same id. */
export class SealBrokenError extends StoreError {
  readonly code = 'seal_broken';
  constructor() {
    super('A kept token set does not open: it was altered, or it belongs to another identity or key.');
  }
}
