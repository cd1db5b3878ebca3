import { randomBytes } from 'node:crypto';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { canary } from '../sample-idps/canary.ts';
import type { TenantRefreshToken } from '../state/tenant-state.ts';

/** What a refresh token of the tenant is issued for. */
export type RefreshTokenGrant = Pick<
  TenantRefreshToken,
  'family' | 'client_id' | 'user_id' | 'audience' | 'scope'
>;

/** A new refresh token, kept. */
export function issueRefreshToken({ database, clock }: LocalTenantContext, grant: RefreshTokenGrant): string {
  const token = `v1.${canary}${randomBytes(32).toString('base64url')}`;
  database.state.refreshTokens.push({ ...grant, token, issued_at: clock.now(), used: false, revoked: false });
  database.save();
  return token;
}

/** Ends every refresh token that goes back to one login. */
export function revokeFamily({ database }: LocalTenantContext, family: string): void {
  for (const token of database.state.refreshTokens) if (token.family === family) token.revoked = true;
  database.save();
}
