import { randomBytes } from 'node:crypto';
import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { ConnectionSettings, IdentityReport } from '@idp-relay/idp-tokens';

/** Where a sign-in that mends a token begins and ends. */
export interface SignInTarget {
  /** Origin of the tenant, as browsers reach it. */
  readonly tenantOrigin: string;
  /** Client that the user signs in to. */
  readonly clientId: string;
  /** One of that client's callbacks. */
  readonly redirectUri: string;
}

/** Makes links for users whose token needs mending: operators hand them on, and problem documents bear them. */
export interface SignInLinks {
  /**
   * A sign-in through the identity's connection, asking for the scopes that the policy needs and, where the IdP has them
   * and none is stored, for a refresh token. The code it ends with is good for nothing: nobody knows its verifier, so
   * whoever follows the link is signed in to no app. `undefined` where no target is configured or a sign-in gives no token.
   * @see https://auth0.com/docs/authenticate/identity-providers/adding-scopes-for-an-external-idp
   */
  linkFor(
    identity: Pick<IdentityReport, 'connection' | 'verdict'>,
    entry: CatalogueEntry | undefined,
    email: string | undefined,
  ): string | undefined;
}

/** States in which a sign-in changes nothing: no token, or not in the identity. */
const beyondSignIn = new Set(['not_applicable', 'in_token_vault']);

/** @param settings settings of a connection by its name */
export function createSignInLinks(
  target: SignInTarget | undefined,
  settings: (connection: string) => ConnectionSettings,
): SignInLinks {
  return {
    linkFor: (identity, entry, email) => {
      if (target === undefined || beyondSignIn.has(identity.verdict.state)) return undefined;
      const asked = identity.verdict.evidence.hasRefreshToken ? undefined : entry?.refresh?.askedAtSignIn;
      const scopes = [
        ...settings(identity.connection).requiredScopes,
        ...(asked?.scope === undefined ? [] : [asked.scope]),
      ];
      const url = new URL('/authorize', target.tenantOrigin);
      const parameters = {
        response_type: 'code',
        client_id: target.clientId,
        redirect_uri: target.redirectUri,
        scope: 'openid',
        code_challenge: randomBytes(32).toString('base64url'),
        code_challenge_method: 'S256',
        connection: identity.connection,
        ...(scopes.length > 0 && { connection_scope: scopes.join(' ') }),
        ...(email !== undefined && { login_hint: email }),
        ...asked?.parameters,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
  };
}
