import { randomBytes, randomUUID } from 'node:crypto';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { canary } from './canary.ts';
import { findSampleIdp } from './sample-idp-registry.ts';
import type { SampleIdpStrategy, SampleIdpToken } from './sample-idp-state.ts';

/** What a token is issued for. Seeds name the tokens themselves; at a login they are random. */
export interface IssueSampleToken {
  readonly strategy: SampleIdpStrategy;
  readonly accountId: string;
  readonly scope: string[];
  /** What the refresh token stands for, where that is more. */
  readonly grantScope?: string[] | undefined;
  /** A refresh token comes along, where the IdP has them. */
  readonly offlineAccess: boolean;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  /** Milliseconds since the epoch; now when left out. */
  readonly issuedAt?: number;
  /** The login that a renewed token goes back to. */
  readonly family?: string;
}

/** Credentials of the tenant at one sample IdP. */
export function sampleIdpClient(strategy: SampleIdpStrategy): {
  readonly clientId: string;
  readonly clientSecret: string;
} {
  return { clientId: `auth0-at-${strategy}`, clientSecret: `${canary}-secret-of-the-tenant-at-${strategy}` };
}

/** Issues a token and keeps it. */
export function issueSampleToken(context: LocalTenantContext, request: IssueSampleToken): SampleIdpToken {
  const idp = findSampleIdp(request.strategy);
  const issuedAt = request.issuedAt ?? context.clock.now();
  const lifetime = idp.accessTokenLifetimeSeconds;
  const token: SampleIdpToken = {
    strategy: request.strategy,
    accountId: request.accountId,
    clientId: sampleIdpClient(request.strategy).clientId,
    accessToken: request.accessToken ?? `${idp.tokenPrefix}${canary}${randomBytes(24).toString('base64url')}`,
    ...(request.offlineAccess &&
      idp.refresh && {
        refreshToken: request.refreshToken ?? `rt.${canary}${randomBytes(24).toString('base64url')}`,
      }),
    family: request.family ?? randomUUID(),
    scope: request.scope,
    ...(request.grantScope && { grantScope: request.grantScope }),
    issuedAt,
    ...(lifetime !== undefined && { expiresAt: issuedAt + lifetime * 1000 }),
    revoked: false,
    refreshTokenUsed: false,
  };
  context.database.state.sampleIdps.tokens.push(token);
  context.database.save();
  return token;
}

/** The token by its value. */
export function findSampleToken(
  context: LocalTenantContext,
  accessToken: string,
): SampleIdpToken | undefined {
  return context.database.state.sampleIdps.tokens.find((token) => token.accessToken === accessToken);
}

/** Lets an access token end now. */
export function expireSampleToken(context: LocalTenantContext, accessToken: string): void {
  const token = findSampleToken(context, accessToken);
  if (token === undefined) return;
  token.expiresAt = context.clock.now() - 1;
  context.database.save();
}

/** Revokes an access token; or by a refresh token all that came of the login (RFC 7009 section 2.1). */
export function revokeSampleToken(context: LocalTenantContext, value: string): void {
  const { tokens } = context.database.state.sampleIdps;
  const family = tokens.find(({ refreshToken }) => refreshToken === value)?.family;
  for (const token of tokens)
    if (token.accessToken === value || (family !== undefined && token.family === family))
      token.revoked = true;
  context.database.save();
}

/** What comes of using a refresh token. */
export type RefreshOutcome =
  | { readonly granted: true; readonly token: SampleIdpToken }
  | { readonly granted: false; readonly reason: 'unknown' | 'reused' | 'revoked' | 'scope' | 'too_early' };

/** Uses a refresh token by the rules of its IdP; with `scope`, for no more than that, where the IdP can. */
export function refreshSampleToken(
  context: LocalTenantContext,
  strategy: SampleIdpStrategy,
  refreshToken: string,
  scope?: string[],
): RefreshOutcome {
  const { tokens } = context.database.state.sampleIdps;
  const rules = findSampleIdp(strategy).refresh;
  const holders = tokens.filter(
    (token) => token.strategy === strategy && token.refreshToken === refreshToken,
  );
  const current = holders.at(-1);
  if (current === undefined || rules === undefined) return { granted: false, reason: 'unknown' };
  if (rules.rotates && current.refreshTokenUsed) {
    if (rules.reuseEndsFamily) {
      for (const token of tokens) if (token.family === current.family) token.revoked = true;
      context.database.save();
    }
    return { granted: false, reason: 'reused' };
  }
  if (holders.every((token) => token.revoked)) return { granted: false, reason: 'revoked' };
  const granted = current.grantScope ?? current.scope;
  const narrowed = rules.narrows === true ? scope : undefined;
  if (narrowed?.every((value) => granted.includes(value)) === false)
    return { granted: false, reason: 'scope' };
  const { notBefore } = rules;
  if (notBefore !== undefined && context.clock.now() < current.issuedAt + notBefore.seconds * 1000)
    return { granted: false, reason: 'too_early' };
  current.refreshTokenUsed = true;
  const token = issueSampleToken(context, {
    strategy,
    accountId: current.accountId,
    scope: narrowed ?? granted,
    ...(narrowed && { grantScope: granted }),
    offlineAccess: true,
    family: current.family,
    ...(!rules.rotates && { refreshToken }),
  });
  return { granted: true, token };
}
