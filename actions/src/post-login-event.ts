/**
 * What the Action reads of a post-login `event`, and no more. Auth0 publishes no types for it on npm. Fields of
 * `identities` are unknown: Auth0 says that their contents vary by provider.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 */
export interface PostLoginEvent {
  /** By name; a secret that nobody filled in is not there. */
  readonly secrets: Readonly<Record<string, string | undefined>>;
  readonly connection: { readonly name: string };
  /** The API that the access token will be for. */
  readonly resource_server?: { readonly identifier: string };
  readonly transaction?: {
    /** Such as `oidc-basic-profile` or `oauth2-refresh-token`. */
    readonly protocol?: string;
    /** `prompt` of the authorization request. */
    readonly prompt?: readonly string[];
    /** Of a token exchange on behalf of a user. */
    readonly actor?: object;
  };
  readonly user: {
    readonly user_id: string;
    readonly identities?: readonly {
      readonly connection?: unknown;
      readonly provider?: unknown;
      readonly user_id?: unknown;
    }[];
  };
}

/**
 * What the Action does with a post-login `api`.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-api-object
 */
export interface PostLoginApi {
  readonly accessToken: { setCustomClaim(name: string, value: unknown): unknown };
}
