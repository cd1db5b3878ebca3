import type { IntrospectionFinding, Observation, RequestUnderWay } from '@idp-relay/idp-tokens';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** The columns that name an identity: the primary key of all tables. */
export interface IdentityColumns {
  tenant: string;
  user_id: string;
  connection: string;
  idp_user_id: string;
}

/** What is kept of an identity. The three columns of the envelope are there together or not at all. */
export interface KeptIdentityTable extends IdentityColumns {
  based_on: string;
  key_id: string | null;
  wrapped_key: Uint8Array | null;
  sealed: Uint8Array | null;
  failures: Generated<number>;
  failure_reason: string | null;
  next_attempt_at: Date | null;
  sent_at: Date | null;
  updated_at: Generated<Date>;
}

/** Who may renew an identity's tokens, and until when by the database's clock. */
export interface RenewalLeaseTable extends IdentityColumns {
  holder: string;
  /** A `bigint`, which `pg` reads as text and PGlite as a number. */
  fence: ColumnType<string | number, never, number>;
  ends_at: Date;
}

/** What an IdP's answer last showed of an identity's token. */
export interface ObservationTable extends IdentityColumns {
  token_mark: string;
  outcome: Observation['outcome'];
  idp_status: number;
  granted_scopes: string[] | null;
  expires_at: Date | null;
  introspection: IntrospectionFinding | null;
  observed_at: Date;
  source: Observation['source'];
}

/** What is known of a tenant's rate limit; numbers of JavaScript, and milliseconds by the database's clock. */
export interface ManagementBudgetTable {
  tenant: string;
  granted: number;
  under_way: JSONColumnType<RequestUnderWay[]>;
  left_over: number | null;
  request_limit: number | null;
  opens_at: number;
  refusals: number;
  granted_at_refusal: number;
}

/** All tables. */
export interface Schema {
  kept_identities: KeptIdentityTable;
  renewal_leases: RenewalLeaseTable;
  observations: ObservationTable;
  management_budgets: ManagementBudgetTable;
}
