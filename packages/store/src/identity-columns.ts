import { createHash } from 'node:crypto';
import type { IdentityKey } from '@idp-relay/idp-tokens';
import type { IdentityColumns } from './schema.ts';

/** The primary key's columns, in order. */
export const identityColumns = ['tenant', 'user_id', 'connection', 'idp_user_id'] as const;

/** An identity as columns. */
export function toColumns(key: IdentityKey): IdentityColumns {
  return {
    tenant: key.tenant,
    user_id: key.userId,
    connection: key.connection,
    idp_user_id: key.idpUserId,
  };
}

/** An identity from its columns. */
export function fromColumns(row: IdentityColumns): IdentityKey {
  return {
    tenant: row.tenant,
    userId: row.user_id,
    connection: row.connection,
    idpUserId: row.idp_user_id,
  };
}

/** The topic of an identity's wake-ups: of one length, where a payload of NOTIFY has a limit, and without the ids. */
export function topicOf(row: IdentityColumns): string {
  const parts = identityColumns.map((column) => row[column]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
