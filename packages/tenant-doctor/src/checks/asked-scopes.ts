import type { ConnectionFacts } from '../facts/connection-facts.ts';

/** Every sign-in asks for these. */
const alwaysAsked = new Set(['openid', 'profile', 'email']);

/**
 * Whether a connection asks for a scope itself, by name or by an option that stands for it: Auth0 has `repo_status` for GitHub's
 * `repo:status`, `email` for `user:email`, and `drive_file` for Google's `https://www.googleapis.com/auth/drive.file`.
 */
export function asksForScope({ options }: Pick<ConnectionFacts, 'options'>, scope: string): boolean {
  const lastPart = scope.slice(scope.lastIndexOf('/') + 1);
  const flags = [lastPart, lastPart.slice(lastPart.lastIndexOf(':') + 1)].map((name) =>
    name.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
  );
  return (
    alwaysAsked.has(scope) ||
    options.scopes.includes(scope) ||
    flags.some((flag) => options.flags.includes(flag))
  );
}

/** What the connection asks for, for a line of evidence. */
export function askedScopes({ options }: Pick<ConnectionFacts, 'options'>): readonly string[] {
  const notScopes = new Set(['api_enable_users', 'api_enable_groups', 'pkce_enabled', 'useOauthSpecScope']);
  return [...options.scopes, ...options.flags.filter((flag) => !notScopes.has(flag))];
}
