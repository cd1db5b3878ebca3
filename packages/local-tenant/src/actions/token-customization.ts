import type { SandboxCommand } from './sandbox/sandbox-messages.ts';

/** What Actions want changed in the tokens of one login. */
export interface TokenCustomization {
  readonly accessTokenClaims: Readonly<Record<string, unknown>>;
  readonly idTokenClaims: Readonly<Record<string, unknown>>;
  readonly addedScopes: readonly string[];
  readonly removedScopes: readonly string[];
}

/** Tokens as they would be without Actions. */
export const noCustomization: TokenCustomization = {
  accessTokenClaims: {},
  idTokenClaims: {},
  addedScopes: [],
  removedScopes: [],
};

/** Claims that belong to OpenID Connect or to Auth0; setting one does nothing. */
const restricted = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest
  entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce
  object_id org_id org_name orig origid permissions roles rph s_hash scope sid sip_callid sip_cseq_num sip_date
  sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256`.split(/\s+/),
);
/** Claims about the user, which Actions may set without a namespace everywhere. */
const profile = new Set(
  `address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number
  phone_number_verified picture preferred_username profile updated_at website zoneinfo`.split(/\s+/),
);
/** Bytes of all custom claims of one token, as JSON. */
const largestClaims = 100_000;

/** What the commands of an execution come to; of two that contradict each other, the later holds. */
export function readCustomization(commands: readonly SandboxCommand[]): TokenCustomization {
  const accessTokenClaims = new Map<string, unknown>();
  const idTokenClaims = new Map<string, unknown>();
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const command of commands) {
    if (command.type === 'accessToken.setCustomClaim') accessTokenClaims.set(command.key, command.value);
    else if (command.type === 'idToken.setCustomClaim') idTokenClaims.set(command.key, command.value);
    else if (command.type === 'accessToken.addScope') {
      added.add(command.scope);
      removed.delete(command.scope);
    } else if (command.type === 'accessToken.removeScope') {
      removed.add(command.scope);
      added.delete(command.scope);
    }
  }
  return {
    accessTokenClaims: Object.fromEntries(accessTokenClaims),
    idTokenClaims: Object.fromEntries(idTokenClaims),
    addedScopes: [...added],
    removedScopes: [...removed],
  };
}

/**
 * The custom claims that a token gets. Others are left out without a word, as in Auth0.
 * @param isAuth0Api true for access tokens of an API of Auth0's own, which take no private claims without a namespace
 * @see https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims
 */
export function allowedClaims(
  claims: Readonly<Record<string, unknown>>,
  isAuth0Api = false,
): Record<string, unknown> {
  const allowed = Object.fromEntries(
    Object.entries(claims).filter(
      ([name, value]) =>
        value !== null &&
        !restricted.has(name) &&
        !isAuth0Namespace(name) &&
        (!isAuth0Api || profile.has(name) || isNamespaced(name)),
    ),
  );
  return Buffer.byteLength(JSON.stringify(allowed)) > largestClaims ? {} : allowed;
}

/** Scopes after what Actions added and took away. */
export function customizedScope(
  scope: readonly string[],
  { addedScopes, removedScopes }: TokenCustomization,
): string[] {
  return [...new Set([...scope, ...addedScopes])].filter((value) => !removedScopes.includes(value));
}

function isNamespaced(name: string): boolean {
  return name.includes(':') || name.includes('/');
}

/** Auth0 keeps its own namespaces to itself. */
function isAuth0Namespace(name: string): boolean {
  return (
    name.startsWith('urn:auth0') ||
    /^https?:\/\/([^/]+\.)?(auth0\.com|webtask\.io|webtask\.run)(\/|$)/.test(name)
  );
}
