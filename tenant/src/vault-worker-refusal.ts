import { z } from 'zod';
import { lackingScope, scopesNamedIn } from './deploy-client-refusal.ts';
import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';
import { vaultClientNames } from './vault-clients.ts';

/** The SDK's errors, as far as they are repeated: the whole of one may quote what was sent. */
const Refusal = z.object({ statusCode: z.number(), body: z.object({ message: z.string() }) });

/** Why the tenant did not take the worker's key or access, in one line. */
export function refusedByTenant(error: unknown, { domain }: Environment): DeployError {
  const refusal = Refusal.safeParse(error).data;
  if (refusal === undefined)
    return new DeployError('deploy_failed', `${domain} did not answer as it should about the worker's key.`);
  const { statusCode, body } = refusal;
  if (statusCode === 403)
    return lackingScope(domain, scopesNamedIn(body.message) ?? 'what tenant/README.md lists for Token Vault');
  return new DeployError(
    'configuration_refused',
    `${domain} does not take the key or the privileged access of "${vaultClientNames.worker}": ${body.message.slice(0, 300)}. Where the tenant has no privileged workers (Early Access), leave token_vault.worker out of its environment.`,
  );
}
