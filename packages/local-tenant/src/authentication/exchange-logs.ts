import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject } from '../logs/log-subject.ts';
import { tokenVaultGrantType } from '../token-vault/token-exchange.ts';
import type { GrantContext } from './grant.ts';

/** Success and failure of each grant type: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes. */
const types = new Map([
  ['authorization_code', ['seacft', 'feacft']],
  ['refresh_token', ['sertft', 'fertft']],
  ['client_credentials', ['seccft', 'feccft']],
  ['password', ['sepft', 'fepft']],
  ['http://auth0.com/oauth/grant-type/password-realm', ['sepft', 'fepft']],
  [tokenVaultGrantType, ['seta', 'feta']],
]);

/**
 * Writes the log event of a request at the token endpoint.
 * @param failure why nothing was issued; left out: something was
 */
export function logExchange(
  context: LocalTenantContext,
  { body, client, request, learned }: Omit<GrantContext, 'context' | 'origin' | 'issuer'>,
  failure?: string,
): void {
  const [success, refusal] = types.get(body.grant_type) ?? [];
  const type = failure === undefined ? success : learned.isReuse === true ? 'ferrt' : refusal;
  if (type === undefined) return;
  const { user, connection, executions } = learned;
  const isVault = body.grant_type === tokenVaultGrantType;
  context.logs.record({
    type,
    description: failure ?? '',
    ...logSubject(context, {
      request,
      client,
      user,
      connection: isVault ? body.connection : connection,
      userName: body.username,
    }),
    audience: learned.audience ?? body.audience ?? '',
    scope: body.scope ?? '',
    details: {
      ...(executions !== undefined && { actions: { executions } }),
      ...(failure !== undefined && { failure_reason: failure }),
      ...(isVault && { subject_token_type: body.subject_token_type }),
    },
  });
}
