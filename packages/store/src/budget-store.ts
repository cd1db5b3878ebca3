import type { BudgetState, BudgetStore } from '@idp-relay/idp-tokens';
import { sql, type Insertable, type Kysely, type Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { ManagementBudgetTable, Schema } from './schema.ts';

/**
 * Keeps budgets in the database. Its method throws DatabaseUnavailableError, DatabaseFailedError, and what the change throws.
 */
export function createBudgetStore({ kysely }: Database): BudgetStore {
  return {
    change: (tenant, change) =>
      kysely.transaction().execute(async (transaction) => {
        // Where there is no row yet there is nothing to lock but the name.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`budget ${tenant}`}, 0))`.execute(
          transaction,
        );
        const row = await transaction
          .selectFrom('management_budgets')
          .selectAll()
          .where('tenant', '=', tenant)
          .executeTakeFirst();
        const { state, result } = change(row && stateOf(row), await databaseTime(transaction));
        const columns = columnsOf(state);
        await transaction
          .insertInto('management_budgets')
          .values({ tenant, ...columns })
          .onConflict((conflict) => conflict.column('tenant').doUpdateSet(columns))
          .execute();
        return result;
      }),
  };
}

/** Milliseconds since the epoch. Processes on machines whose clocks differ agree on this one. */
async function databaseTime(database: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{
    now: number;
  }>`select (extract(epoch from clock_timestamp()) * 1000)::double precision as now`.execute(database);
  return rows[0]?.now ?? Date.now();
}

function stateOf(row: Selectable<ManagementBudgetTable>): BudgetState {
  return {
    granted: row.granted,
    underWay: row.under_way,
    left: row.left_over,
    limit: row.request_limit,
    opensAt: row.opens_at,
    refusals: row.refusals,
    grantedAtRefusal: row.granted_at_refusal,
  };
}

function columnsOf(state: BudgetState): Omit<Insertable<ManagementBudgetTable>, 'tenant'> {
  return {
    granted: state.granted,
    under_way: JSON.stringify(state.underWay),
    left_over: state.left,
    request_limit: state.limit,
    opens_at: state.opensAt,
    refusals: state.refusals,
    granted_at_refusal: state.grantedAtRefusal,
  };
}
