import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { IdpClientCredentials, IdpToken } from '@idp-relay/idp-tokens';
import { credentialedRequest, type CredentialedRequest } from '../relay/credentialed-request.ts';

type Revocation = NonNullable<CatalogueEntry['revocation']>;

/**
 * The requests that revoke a token at its IdP, in order (RFC 7009 where the IdP follows it): the access token's, then the
 * refresh token's, where one is held and the IdP's call takes any kind of token. None where none can be made: the IdP has no
 * such call, its address holds what is not known here, or it takes a client that is not configured.
 * @see https://datatracker.ietf.org/doc/html/rfc7009#section-2.1
 */
export function revocationRequests(
  token: IdpToken,
  client: IdpClientCredentials | undefined,
): readonly CredentialedRequest[] {
  const { revocation } = token.entry;
  const { refreshToken } = token.identity;
  if (revocation === undefined) return [];
  const first = credentialedRequest(revocation, token, client);
  if (!first.isReady) return [];
  if (refreshToken === undefined || !takesAnyToken(revocation)) return [first.request];
  const second = credentialedRequest(
    ofRefreshToken(revocation),
    { ...token, accessToken: refreshToken },
    client,
  );
  return second.isReady ? [first.request, second.request] : [first.request];
}

/** RFC 7009's form has the one parameter `token` for both kinds. */
function takesAnyToken({ body }: Revocation): boolean {
  return body?.form?.token === '{access_token}';
}

/** The same call for a refresh token; a hint at the kind of token says so. */
function ofRefreshToken(revocation: Revocation): Revocation {
  const form = revocation.body?.form ?? {};
  const hint = form.token_type_hint === undefined ? {} : { token_type_hint: 'refresh_token' };
  return { ...revocation, body: { form: { ...form, ...hint } } };
}
