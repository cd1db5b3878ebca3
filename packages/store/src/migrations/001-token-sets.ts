import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Kept token sets and the leases of their renewal. */
export const tokenSets: Migration = {
  up: async (database: Kysely<unknown>) => {
    // One sequence for all leases: a fence is never given twice, even after a row of leases was removed.
    await sql`create sequence renewal_fence as bigint`.execute(database);
    await sql`
      create table renewal_leases (
        tenant text not null,
        user_id text not null,
        connection text not null,
        idp_user_id text not null,
        holder text not null,
        fence bigint not null default nextval('renewal_fence'),
        ends_at timestamptz not null,
        primary key (tenant, user_id, connection, idp_user_id)
      )`.execute(database);
    await sql`
      create table kept_identities (
        tenant text not null,
        user_id text not null,
        connection text not null,
        idp_user_id text not null,
        based_on text not null,
        key_id text,
        wrapped_key bytea,
        sealed bytea,
        failures integer not null default 0,
        failure_reason text,
        next_attempt_at timestamptz,
        sent_at timestamptz,
        updated_at timestamptz not null default clock_timestamp(),
        primary key (tenant, user_id, connection, idp_user_id),
        constraint envelope_is_whole check (num_nulls(key_id, wrapped_key, sealed) in (0, 3))
      )`.execute(database);
    await sql`create index kept_identities_by_key on kept_identities (key_id)`.execute(database);
  },
};
