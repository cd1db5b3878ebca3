import type { ObservationStore } from '@idp-relay/idp-tokens';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { identityColumns, toColumns } from './identity-columns.ts';

/**
 * Keeps observations in the database, in plain: they hold no token, but a one-way mark of one.
 * Its methods throw DatabaseUnavailableError and DatabaseFailedError.
 */
export function createObservationStore({ kysely }: Database): ObservationStore {
  return {
    read: async (key) => {
      const row = await kysely
        .selectFrom('observations')
        .selectAll()
        .where((column) => column.and({ ...toColumns(key) }))
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        tokenMark: row.token_mark,
        observation: {
          outcome: row.outcome,
          idpStatus: row.idp_status,
          ...(row.granted_scopes && { grantedScopes: row.granted_scopes }),
          ...(row.expires_at && { expiresAt: row.expires_at.getTime() }),
          ...(row.introspection && { introspection: row.introspection }),
          observedAt: row.observed_at.getTime(),
          source: row.source,
        },
      };
    },
    keep: async (key, { tokenMark, observation }) => {
      const row = {
        token_mark: tokenMark,
        outcome: observation.outcome,
        idp_status: observation.idpStatus,
        granted_scopes: observation.grantedScopes ? [...observation.grantedScopes] : null,
        expires_at: observation.expiresAt === undefined ? null : new Date(observation.expiresAt),
        introspection: observation.introspection ?? null,
        observed_at: new Date(observation.observedAt),
        source: observation.source,
      };
      await kysely
        .insertInto('observations')
        .values({ ...toColumns(key), ...row })
        .onConflict((conflict) =>
          conflict
            .columns(identityColumns)
            .doUpdateSet(row)
            .where(sql<boolean>`observations.observed_at <= excluded.observed_at`),
        )
        .execute();
    },
  };
}
