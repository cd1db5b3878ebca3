import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What IdPs' answers showed of tokens. */
export const observations: Migration = {
  up: async (database: Kysely<unknown>) => {
    await sql`
      create table observations (
        tenant text not null,
        user_id text not null,
        connection text not null,
        idp_user_id text not null,
        token_mark text not null,
        outcome text not null check (outcome in ('accepted', 'refused', 'missing_scope')),
        idp_status integer not null,
        granted_scopes text[],
        expires_at timestamptz,
        introspection text
          check (introspection in ('active', 'inactive', 'client_refused', 'inconclusive', 'unanswered')),
        observed_at timestamptz not null,
        source text not null check (source in ('idp_answer', 'probe')),
        primary key (tenant, user_id, connection, idp_user_id)
      )`.execute(database);
  },
};
