import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How much of each tenant's Management API rate limit is left. */
export const managementBudgets: Migration = {
  up: async (database: Kysely<unknown>) => {
    await sql`
      create table management_budgets (
        tenant text primary key,
        granted double precision not null,
        under_way jsonb not null,
        left_over double precision,
        request_limit double precision,
        opens_at double precision not null,
        refusals double precision not null,
        granted_at_refusal double precision not null
      )`.execute(database);
  },
};
