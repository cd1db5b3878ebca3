import type { FastifyRequest } from 'fastify';
import { tokenMissing, tokenRefused } from './token-refusal.ts';

/** Auth0's access tokens have some 1 to 4 KiB; longer ones are not even parsed. Characters. */
const longestToken = 16 * 1024;

/**
 * The token of the one `Authorization: Bearer` header. Tokens in queries, bodies and cookies are not looked for.
 * @throws Problem `access_token_missing`, or `access_token_invalid` for a header that can be read in two ways
 * @see https://datatracker.ietf.org/doc/html/rfc6750#section-2.1
 */
export function readBearer(request: FastifyRequest): string {
  const [header, ...others] = authorizationHeaders(request);
  if (header === undefined)
    throw tokenMissing('Send an access token of the relay’s audience: Authorization: Bearer <token>.');
  if (others.length > 0) throw tokenRefused('malformed');
  const [scheme = '', token = '', ...rest] = header.split(' ');
  if (scheme.toLowerCase() !== 'bearer')
    throw tokenMissing('The Authorization header is not of the scheme Bearer.');
  if (token === '' || rest.length > 0) throw tokenRefused('malformed');
  if (token.length > longestToken) throw tokenRefused('too_long');
  return token;
}

/** All of them, as they came: Node keeps the first of several in `headers` and lets the others fall silently. */
function authorizationHeaders(request: FastifyRequest): string[] {
  const { rawHeaders } = request.raw;
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
}
