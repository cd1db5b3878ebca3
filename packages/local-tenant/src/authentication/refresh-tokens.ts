import { randomBytes } from 'node:crypto';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { canary } from '../sample-idps/canary.ts';
import type { Client, TenantRefreshToken } from '../state/tenant-state.ts';
import type { LearnedOfExchange } from './grant.ts';
import { isInLeeway, isOver, latestEnd, rotates } from './refresh-token-settings.ts';

/** What a refresh token of the tenant is issued for. */
export type RefreshTokenGrant = Pick<
  TenantRefreshToken,
  'family' | 'user_id' | 'audience' | 'scope' | 'connection'
>;

/** A new refresh token, kept. One that takes the place of another ends when that one would have ended. */
export function issueRefreshToken(
  { database, clock }: LocalTenantContext,
  client: Client,
  grant: RefreshTokenGrant,
  replaced?: TenantRefreshToken,
): string {
  const token = `v1.${canary}${randomBytes(32).toString('base64url')}`;
  const now = clock.now();
  const end = replaced === undefined ? latestEnd(client, now) : replaced.expires_at;
  database.state.refreshTokens.push({
    ...grant,
    client_id: client.client_id,
    token,
    issued_at: now,
    ...(end !== undefined && { expires_at: end }),
    used: false,
    revoked: false,
  });
  database.save();
  return token;
}

/** Uses a refresh token; nothing comes of one that is not this client's, revoked or over. */
export function useRefreshToken(
  context: LocalTenantContext,
  client: Client,
  value: string,
): TenantRefreshToken | undefined {
  const { database, clock } = context;
  const kept = database.state.refreshTokens.find((candidate) => candidate.token === value);
  const now = clock.now();
  if (kept?.client_id !== client.client_id || kept.revoked || isOver(client, kept, now)) return undefined;
  if (rotates(client) && kept.used) {
    const isPrevious = kept === usedLast(context, kept.family);
    // Somebody has a copy: nobody can tell who, so all that came of this login ends (RFC 9700 section 4.14.2).
    if (!isPrevious || !isInLeeway(client, kept, now)) {
      revokeFamily(context, kept.family);
      return undefined;
    }
  } else {
    // Leeway counts from the first use alone.
    kept.last_used_at = now;
  }
  kept.used = rotates(client);
  database.save();
  return kept;
}

/** The place among the tokens of its login of a refresh token that was used before, counted from 1. */
export function findReuse(
  { database: { state } }: LocalTenantContext,
  value: string,
): LearnedOfExchange['reuse'] {
  const used = state.refreshTokens.find(({ token }) => token === value);
  if (used?.used !== true) return undefined;
  const family = state.refreshTokens.filter((token) => token.family === used.family);
  return {
    familyId: used.family,
    tokenCounter: family.indexOf(used) + 1,
    latestCounter: family.length,
  };
}

/** Ends every refresh token that goes back to one login. */
export function revokeFamily({ database }: LocalTenantContext, family: string): void {
  for (const token of database.state.refreshTokens) if (token.family === family) token.revoked = true;
  database.save();
}

function usedLast({ database }: LocalTenantContext, family: string): TenantRefreshToken | undefined {
  return database.state.refreshTokens.findLast((token) => token.family === family && token.used);
}
