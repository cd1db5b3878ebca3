import { Problem } from '../problems/problem.ts';

/** Why a token is refused, and the words for it. */
const refusals = {
  malformed: 'It is not a signed JWT.',
  too_long: 'It is longer than any access token.',
  algorithm_refused: 'It is not signed by an algorithm that is accepted here.',
  unknown_key: 'It is signed by a key that the tenant does not publish.',
  signature_invalid: 'Its signature is wrong.',
  critical_header: 'Its header has critical extensions that are not understood here.',
  issuer_refused: 'It was issued by somebody else than the tenant.',
  audience_refused: 'It was issued for another API: ask for the relay’s audience.',
  not_yet_valid: 'It is not valid yet.',
  claims_invalid: 'Its claims are not those of an access token.',
} as const;

/** The reason in one word, for programs. */
export type TokenRefusalReason = keyof typeof refusals;

/** A 401 that says what is wrong with the token and quotes nothing of it (RFC 6750 section 3). */
export function tokenRefused(reason: TokenRefusalReason): Problem {
  return new Problem('access_token_invalid', `The token was refused. ${refusals[reason]}`, {
    members: { reason },
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${reason}"` },
  });
}

/** A 401 for a token whose time is over. */
export function tokenExpired(): Problem {
  return new Problem('access_token_expired', 'The token has expired: get a new one and repeat the request.', {
    headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="expired"' },
  });
}

/** A 401 for a request without a token; it bears no error code, as RFC 6750 section 3.1 has it. */
export function tokenMissing(detail: string): Problem {
  return new Problem('access_token_missing', detail, { headers: { 'www-authenticate': 'Bearer' } });
}
