/** One kind of refusal or failure. */
export interface ProblemKind {
  /** HTTP status it is answered with. */
  readonly status: number;
  /** Short and always the same (RFC 9457 section 3.1.3). */
  readonly title: string;
  /** For the problem's own page: when it happens and what to do. */
  readonly about: string;
}

/** Every `code` that the API answers with. A code never changes its meaning, and each has a page at `/problems/{code}`. */
export const problemKinds = {
  // Who is calling
  access_token_missing: {
    status: 401,
    title: 'No access token',
    about:
      'The request has no Authorization header with a Bearer token. Sign in and send the access token of the relay’s audience.',
  },
  access_token_invalid: {
    status: 401,
    title: 'The token was refused',
    about:
      'The token is malformed, forged, of another issuer or audience, or signed by a key that the tenant does not publish. `reason` says which.',
  },
  access_token_expired: {
    status: 401,
    title: 'The token has expired',
    about: 'Get a new access token, silently or by refresh token, and repeat the request.',
  },
  id_token_not_accepted: {
    status: 403,
    title: 'ID tokens are not accepted here',
    about: 'ID tokens are taken on /v1/me routes only, and only of clients that the operators configured.',
  },
  signing_keys_unavailable: {
    status: 503,
    title: 'The tenant’s signing keys cannot be read',
    about:
      'The relay could not fetch the tenant’s JWKS, so it cannot tell good tokens from bad ones. Try again.',
  },
  notice_refused: {
    status: 401,
    title: 'The notice was refused',
    about:
      'A notice of the tenant does not prove whose it is. The post-login Action signs with NOTICE_SECRET, and the log stream brings LOG_STREAM_TOKEN; both have to be the relay’s own. Deploy the tenant again with the relay’s values.',
  },
  // What the caller may do
  permission_missing: {
    status: 403,
    title: 'A permission is missing',
    about:
      'The access token’s permissions lack the one that this route needs. An admin of the tenant assigns it by role, or by client grant for backends.',
  },
  user_token_required: {
    status: 403,
    title: 'This route is for users',
    about:
      '/v1/me speaks of the signed-in user, and the token is of a client. Backends use /v1/users/{user_id}/idp/….',
  },
  client_token_required: {
    status: 403,
    title: 'This route is for backends',
    about: 'Calls for any user are made with a token of client credentials, not with a user’s token.',
  },
  call_not_allowed_by_policy: {
    status: 403,
    title: 'The policy does not allow this call',
    about:
      'No rule of the policy lets this client call this path of this connection. `missing_rule` says what would be needed.',
  },
  // What was asked
  request_invalid: {
    status: 400,
    title: 'The request is not valid',
    about:
      'A parameter or the body has the wrong form. `errors` names each field and what it should look like.',
  },
  request_headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    about: 'Node takes 16 KiB of headers in all. Leave out what is not needed, such as cookies.',
  },
  request_timeout: {
    status: 408,
    title: 'The request did not come in time',
    about: 'The head of a request must be there within a minute. Open a new connection and send it again.',
  },
  upstream_path_refused: {
    status: 400,
    title: 'The path was refused',
    about:
      'The path could leave the IdP’s API, or could be read in two ways. Send it plain: no dot segments, no encoded slashes, no backslashes, no empty segments, no host.',
  },
  connection_not_relayable: {
    status: 404,
    title: 'Nothing can be called through this connection',
    about:
      'The connection’s IdP has no HTTP API that is known here, or takes its token in a way that the relay does not speak. Operators can name its base URLs, and the connection’s client, in the relay’s configuration.',
  },
  base_url_unknown: {
    status: 400,
    title: 'The base URL is not one of the connection’s',
    about: 'The header relay-base-url must be one of the connection’s base URLs; `base_urls` lists them.',
  },
  protocol_upgrade_refused: {
    status: 400,
    title: 'Protocol upgrades are not relayed',
    about: 'The relay carries HTTP requests and answers; WebSockets and CONNECT are not among them.',
  },
  route_not_found: {
    status: 404,
    title: 'No such route',
    about: 'See /openapi.json for the routes of this API.',
  },
  doctor_not_configured: {
    status: 404,
    title: 'The tenant is not examined',
    about:
      'For operators: set DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET of the relay to a client that may read the tenant’s settings. A deployment makes one where its environment says "doctor": true.',
  },
  // Which identity
  user_not_found: { status: 404, title: 'No such user', about: 'The tenant has no user with this user_id.' },
  user_blocked: {
    status: 403,
    title: 'The user is blocked',
    about: 'The user is blocked in the tenant, so nothing is called for them.',
  },
  connection_not_linked: {
    status: 404,
    title: 'The user has no identity of this connection',
    about:
      'The user never signed in through this connection. Let them sign in through it, or link an account. `linked_connections` lists what they have.',
  },
  identity_ambiguous: {
    status: 409,
    title: 'Several identities fit',
    about:
      'The user has several identities of this connection. Choose one with ?identity= and one of `identities`.',
  },
  // Which token
  idp_token_missing: {
    status: 424,
    title: 'No IdP token is stored',
    about:
      'Auth0 holds no token for this identity. `verdict` says why, as far as it can be told, and what to do.',
  },
  idp_token_expired: {
    status: 424,
    title: 'The IdP token has expired',
    about: 'The stored token’s life is over. Let the user sign in again through the connection.',
  },
  idp_token_revoked: {
    status: 424,
    title: 'The IdP token is no longer good',
    about:
      'The IdP refused the stored token, or an operator revoked it; `verdict` says which. Let the user sign in again through the connection.',
  },
  idp_token_replaced: {
    status: 409,
    title: 'The IdP token was replaced meanwhile',
    about:
      'The IdP refused the old token, and a new one is there now. The request had a body that is gone, so it was not repeated: send it again.',
  },
  idp_token_insufficient_scope: {
    status: 424,
    title: 'The IdP token lacks a scope',
    about:
      'The token is good, but lacks scopes that the policy needs. Let the user sign in again and ask for them.',
  },
  idp_token_in_vault: {
    status: 424,
    title: 'The token is in Token Vault',
    about:
      'The connection keeps its tokens in Token Vault, and the relay has no client for such calls. For operators: set TOKEN_VAULT_CLIENT_ID for users, TOKEN_VAULT_WORKER_CLIENT_ID for backends.',
  },
  token_vault_refused: {
    status: 502,
    title: 'Token Vault is closed to the relay',
    about:
      'For operators: Auth0 refused the exchange with Token Vault. The client lacks the grant type, the link to the relay’s API or, for backends, privileged access to this connection.',
  },
  idp_token_not_applicable: {
    status: 424,
    title: 'This identity has no IdP token by nature',
    about: 'Database, passwordless and SAML connections give no OAuth token.',
  },
  // What went wrong elsewhere
  management_credentials_refused: {
    status: 502,
    title: 'Auth0 refused the relay’s own client',
    about:
      'For operators: the relay’s client id or its credentials are wrong, or its grant is gone. Deploy the tenant again.',
  },
  management_forbidden: {
    status: 502,
    title: 'The relay’s grant lacks a scope',
    about:
      'For operators: the client grant on the Management API lacks `missing_scopes`. Deploy the tenant again.',
  },
  management_rate_limited: {
    status: 503,
    title: 'Auth0’s rate limit is used up',
    about: 'The tenant’s Management API takes no more requests for now. Wait as long as retry-after says.',
  },
  management_unavailable: {
    status: 503,
    title: 'Auth0 is not available',
    about: 'Auth0 did not answer, or not in time. Nothing was sent to the IdP; try again.',
  },
  token_store_unavailable: {
    status: 503,
    title: 'The relay’s database is not available',
    about:
      'Renewed tokens are kept in a database that did not answer, or lacks a key. For operators: `cause` says which. Nothing was sent to the IdP; try again.',
  },
  idp_unavailable: {
    status: 502,
    title: 'The IdP is not available',
    about:
      'The IdP could not be reached, or broke the connection. The call may or may not have had its effect; the relay did not repeat it.',
  },
  idp_timeout: {
    status: 504,
    title: 'The IdP did not answer in time',
    about: 'The call may or may not have had its effect; the relay did not repeat it.',
  },
  idp_redirect_refused: {
    status: 502,
    title: 'The IdP’s redirect is not handed on',
    about:
      'The IdP answered with a redirect that cannot be read, is not https, or holds credentials or the token.',
  },
  idp_partial_text_refused: {
    status: 502,
    title: 'A part of a text was refused',
    about:
      'The header `range` made the IdP answer with a part of a text, in which a part of the token could not be found. Leave the header out; parts of files are handed on.',
  },
  idp_client_refused: {
    status: 502,
    title: 'The IdP refused the tenant’s client',
    about:
      'For operators: the IdP did not take the client that is configured for the connection, so it said nothing of the user’s token. Check its id and secret.',
  },
  probe_not_available: {
    status: 409,
    title: 'There is no probe for this connection',
    about:
      'No harmless call is known that would test a token of this connection, or one that needs a client of the connection which is not configured. `detail` says what to configure.',
  },
  request_rate_limited: {
    status: 429,
    title: 'Too many requests',
    about: 'Wait as long as retry-after says.',
  },
  relay_overloaded: {
    status: 503,
    title: 'The relay has too much to do',
    about:
      'This process of the relay is at its limit and took nothing on. Wait as long as `retry-after` says. For operators: start more processes.',
  },
  relay_closing: {
    status: 503,
    title: 'This process of the relay is ending',
    about:
      'It took nothing on. Open a new connection and try again: another process answers, or this one once it is back.',
  },
  internal_error: {
    status: 500,
    title: 'The relay failed',
    about: 'A fault of the relay. Give the operators the `instance` of this answer.',
  },
} as const satisfies Record<string, ProblemKind>;

/** The stable name of a problem. */
export type ProblemCode = keyof typeof problemKinds;
