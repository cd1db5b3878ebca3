/** What a log event is written from; its id and time are added. */
export interface LogInput {
  /** A type code (https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes). */
  readonly type: string;
  readonly description: string;
  readonly client_id?: string;
  readonly client_name?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly connection?: string;
  readonly connection_id?: string;
  readonly strategy?: string;
  readonly strategy_type?: string;
  readonly ip: string;
  readonly hostname?: string;
  readonly user_agent?: string;
  readonly audience?: string;
  readonly scope?: string;
  /** Never with a token or a secret in it. */
  readonly details?: object;
}

/** A log event as the Management API and log streams give it. */
export interface LogEvent extends LogInput {
  readonly log_id: string;
  /** ISO 8601. */
  readonly date: string;
  readonly tenant_name: string;
  readonly environment_name: string;
}
