import { z } from 'zod';
import type { Client, TenantRefreshToken } from '../state/tenant-state.ts';

/** Thirty days: what Auth0 takes where a client sets no lifetime. Seconds. */
const defaultLifetime = 2_592_000;

const Settings = z.object({
  rotation_type: z.string().default('non-rotating'),
  expiration_type: z.string().default('non-expiring'),
  /** Seconds, like all the lifetimes. */
  leeway: z.number().default(0),
  token_lifetime: z.number().default(defaultLifetime),
  infinite_token_lifetime: z.boolean().default(false),
  idle_token_lifetime: z.number().default(defaultLifetime),
  infinite_idle_token_lifetime: z.boolean().default(false),
});
const Configured = z.object({ refresh_token: Settings });

function settingsOf(client: Client): z.infer<typeof Settings> {
  return Configured.safeParse(client).data?.refresh_token ?? Settings.parse({});
}

/** Whether each use of a refresh token brings another in its place. */
export function rotates(client: Client): boolean {
  return settingsOf(client).rotation_type === 'rotating';
}

/**
 * When a token of this client that is issued now ends at the latest; milliseconds since the epoch.
 * @see https://auth0.com/docs/secure/tokens/refresh-tokens/configure-refresh-token-expiration
 */
export function latestEnd(client: Client, now: number): number | undefined {
  const settings = settingsOf(client);
  return settings.expiration_type === 'expiring' && !settings.infinite_token_lifetime
    ? now + settings.token_lifetime * 1000
    : undefined;
}

/** Whether a token is over: its end was fixed when it was issued, its idle lifetime is what the client says now. */
export function isOver(client: Client, token: TenantRefreshToken, now: number): boolean {
  if (token.expires_at !== undefined && token.expires_at <= now) return true;
  const settings = settingsOf(client);
  if (settings.expiration_type !== 'expiring' || settings.infinite_idle_token_lifetime) return false;
  return (token.last_used_at ?? token.issued_at) + settings.idle_token_lifetime * 1000 <= now;
}

/** Whether a token that was rotated away may still be used, by a client whose answer got lost. */
export function isInLeeway(client: Client, token: TenantRefreshToken, now: number): boolean {
  const { leeway } = settingsOf(client);
  return token.last_used_at !== undefined && leeway > 0 && now - token.last_used_at <= leeway * 1000;
}
