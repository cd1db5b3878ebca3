import { createHash } from 'node:crypto';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject } from '../logs/log-subject.ts';
import { tokenVaultGrantType } from '../token-vault/token-exchange.ts';
import type { GrantAnswer, GrantContext } from './grant.ts';

/** Success and failure of each grant type: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes. */
const types = new Map([
  ['authorization_code', ['seacft', 'feacft']],
  ['refresh_token', ['sertft', 'fertft']],
  ['client_credentials', ['seccft', 'feccft']],
  ['password', ['sepft', 'fepft']],
  ['http://auth0.com/oauth/grant-type/password-realm', ['sepft', 'fepft']],
  [tokenVaultGrantType, ['seta', 'feta']],
]);

/** What a log event is told of one request at the token endpoint. */
export type Exchange = Pick<GrantContext, 'body' | 'client' | 'request' | 'learned'>;

/** Writes the log event of a request that was answered with tokens. */
export function logExchange(context: LocalTenantContext, exchange: Exchange, answer: GrantAnswer): void {
  const [type] = types.get(exchange.body.grant_type) ?? [];
  if (type === undefined) return;
  const { expires_in: lifetime = 0 } = answer;
  const details = isVaultExchange(exchange)
    ? {
        ...vaultDetails(exchange),
        issued_token_type: answer.issued_token_type,
        scope: answer.scope,
        expires_at: isoTime(context.clock.now() + lifetime * 1000),
        token_thumbprint: createHash('sha256').update(answer.access_token).digest('hex'),
      }
    : { actions: { executions: exchange.learned.executions ?? [] } };
  record(context, exchange, type, '', details);
}

/**
 * Writes the log event of a request that was refused.
 * @param reason in words
 */
export function logRefusedExchange(context: LocalTenantContext, exchange: Exchange, reason: string): void {
  const { learned, body } = exchange;
  const [, refusal] = types.get(body.grant_type) ?? [];
  const type = learned.reuse === undefined ? refusal : 'ferrt';
  if (type === undefined) return;
  const { executions } = learned;
  const details = isVaultExchange(exchange)
    ? { ...vaultDetails(exchange), failure_reason: reason }
    : { ...learned.reuse, ...(executions !== undefined && { actions: { executions } }) };
  record(context, exchange, type, reason, details);
}

function record(
  context: LocalTenantContext,
  exchange: Exchange,
  type: string,
  description: string,
  details: object,
): void {
  const { request, client, body, learned } = exchange;
  const { user } = learned;
  const connection = isVaultExchange(exchange) ? body.connection : learned.connection;
  context.logs.record({
    type,
    description,
    ...logSubject(context, { request, client, user, connection, userName: body.username }),
    audience: learned.audience ?? body.audience ?? '',
    scope: body.scope ?? '',
    details,
  });
}

function isVaultExchange({ body }: Exchange): boolean {
  return body.grant_type === tokenVaultGrantType;
}

function vaultDetails({ body, learned: { auditContext } }: Exchange): object {
  return {
    subject_token_type: body.subject_token_type,
    is_privileged_worker: auditContext !== undefined,
    ...(auditContext !== undefined && { audit_context: auditContext }),
  };
}
