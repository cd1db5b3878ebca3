import type { AuthorizationParams } from '@auth0/auth0-react';
import type { Service } from './services.ts';

/** What the SDK makes for every sign-in of its own; those of somebody else's link are good for nothing here. */
const ownOfEachSignIn = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
]);

/**
 * The parameters of a sign-in through a service's connection.
 * @param signInUrl of the relay's refusal, where it has one: it says what the IdP must be asked for to mend the token, such
 *   as further scopes, or `prompt=consent` because Google gives a refresh token only then
 */
export function signInParameters(service: Service, signInUrl?: string): AuthorizationParams {
  const asked: Record<string, string> =
    signInUrl === undefined ? {} : Object.fromEntries(new URL(signInUrl).searchParams);
  for (const name of ownOfEachSignIn) Reflect.deleteProperty(asked, name);
  const scopes = `${service.signIn.connection_scope ?? ''} ${asked.connection_scope ?? ''}`
    .trim()
    .split(/\s+/);
  return {
    ...service.signIn,
    ...asked,
    connection: service.connection,
    connection_scope: [...new Set(scopes)].join(' '),
  };
}
