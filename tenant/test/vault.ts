import { readFileSync } from 'node:fs';
import { createTokenVault, Secret, systemClock, type TokenSet, type TokenVault } from '@idp-relay/idp-tokens';
import type { LocalTenant } from '@idp-relay/local-tenant';
import type { Provisioned } from '../src/index.ts';

/** The sample person whose Google account is in Token Vault. */
export const radia = {
  userId: 'google-oauth2|101928374655647382910',
  idpUserId: '101928374655647382910',
} as const;

/** Token Vault as the relay uses it, with the clients that a deployment made. */
export function createVault(tenant: LocalTenant, provisioned: Provisioned['tokenVault']): TokenVault {
  if (provisioned === undefined) throw new Error('The deployment made no client for Token Vault.');
  const { clientId, clientSecret, worker } = provisioned;
  return createTokenVault({
    domain: tenant.domain,
    fetch: globalThis.fetch,
    clock: systemClock,
    timeoutMs: 5_000,
    maxEntries: 1,
    lifetimeMs: 0,
    api: { clientId, credentials: { method: 'client_secret_post', clientSecret: new Secret(clientSecret) } },
    ...(worker && {
      worker: {
        clientId: worker.clientId,
        credentials: {
          method: 'private_key_jwt',
          privateKeyPem: new Secret(readFileSync(worker.keyFile, 'utf8')),
          keyId: worker.keyId,
          algorithm: 'RS256',
        },
      },
    }),
  });
}

/** Whose token it is, by the sample Google's own word. */
export async function askGoogle(tenant: LocalTenant, { accessToken }: TokenSet): Promise<unknown> {
  const response = await fetch(`${tenant.origins.idpsHttp}/google-oauth2/api/oauth2/v3/userinfo`, {
    headers: { authorization: `Bearer ${accessToken.reveal()}` },
  });
  return response.json();
}
