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
  const header = onlyAuthorization(request.raw.rawHeaders);
  if (header === undefined)
    throw tokenMissing('Send an access token of the relay’s audience: Authorization: Bearer <token>.');
  const space = header.indexOf(' ');
  const scheme = space === -1 ? header : header.slice(0, space);
  if (scheme.toLowerCase() !== 'bearer')
    throw tokenMissing('The Authorization header is not of the scheme Bearer.');
  const token = space === -1 ? '' : header.slice(space + 1);
  if (token === '' || token.includes(' ')) throw tokenRefused('malformed');
  if (token.length > longestToken) throw tokenRefused('too_long');
  return token;
}

/**
 * Looked for among the headers as they came: of several, Node keeps the first in `headers` and lets the others fall silently.
 * @param rawHeaders names and values in turn
 */
function onlyAuthorization(rawHeaders: readonly string[]): string | undefined {
  let found: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'authorization') continue;
    if (found !== undefined) throw tokenRefused('malformed');
    found = rawHeaders[index + 1];
  }
  return found;
}
