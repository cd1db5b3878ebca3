import { z } from 'zod';
import { expiresFrom, scopesFrom } from './answer-places.ts';
import { fieldCondition, responseSignal, status } from './response-schema.ts';

/** An address, the same for everybody. */
export const httpsUrl = z
  .string()
  .refine((text) => URL.parse(text)?.protocol === 'https:', 'must be an https URL');

/** Path and query after the connection's first base URL, where each tenant has a host of its own. */
export const path = z
  .string()
  .refine(
    (text) => /^\/(?!\/)[^\\\s#{}]*$/.test(text) && !/\/(\.|%2e){1,2}([/?]|$)/i.test(text),
    'must begin with one slash, and have no dot segment, backslash, space, brace or fragment',
  );

/** What is sent along: a form or JSON. */
export const body = z.strictObject({
  form: z.record(z.string(), z.string()).optional(),
  json: z.record(z.string(), z.unknown()).optional(),
});

/** A call goes to one place. */
export function hasOnePlace({ url, path }: { url?: string | undefined; path?: string | undefined }): boolean {
  return (url === undefined) !== (path === undefined);
}

/** What {@link hasOnePlace} asks for. */
export const onePlace = 'needs either url or path';

/**
 * How a call that needs more than the user's token is authenticated:
 * - `clientBasic`: the client's id and secret by HTTP Basic (RFC 6749 section 2.3.1).
 * - `clientPost`: both as `client_id` and `client_secret` of the form, unless url or body name them otherwise.
 * - `clientId`: the id alone, likewise.
 * - `appAccessToken`: `<client id>|<secret>` as a token, sent as this IdP's tokens are (Facebook).
 * - `userToken`: the user's token itself. - `none`: nothing besides what url and body name.
 */
const clientCredentials = z.enum([
  'clientBasic',
  'clientPost',
  'clientId',
  'appAccessToken',
  'userToken',
  'none',
]);

const callFields = {
  method: z.enum(['GET', 'POST', 'DELETE']),
  /** May hold placeholders in braces, as may the body: {@link credentialedCall}. */
  url: z.string().startsWith('https://').optional(),
  path: path.optional(),
  credentials: clientCredentials,
  body: body.optional(),
};

/**
 * A call about a token that is made with the client's own credentials. `{access_token}`, `{refresh_token}`, `{client_id}`
 * and `{client_secret}` in `url` and `body` are filled in; with any other name in braces the call cannot be made until an
 * operator names the address.
 */
export const credentialedCall = z.strictObject(callFields).refine(hasOnePlace, onePlace);
export type CredentialedCall = z.infer<typeof credentialedCall>;

/**
 * A call that tells whether a token is alive. Without the optional fields it is read by RFC 7662 section 2.2: `active`,
 * `scope`, `exp`. A 401 means that the client was refused, and so does an `error` of `invalid_client` or
 * `unauthorized_client`; neither says anything of the token.
 * @see https://datatracker.ietf.org/doc/html/rfc7662
 */
export const introspection = z
  .strictObject({
    ...callFields,
    /** Holds for a live token, with status 200; `/active` is `true` when left out. */
    okWhen: fieldCondition.optional(),
    /** Statuses of an answer in JSON that mean a dead token; 200 when left out, where `okWhen` tells. */
    badTokenStatus: z
      .array(status)
      .min(1)
      .refine(
        (statuses) => !statuses.includes(401),
        'cannot hold 401: it says that the client was refused, and nothing of the token',
      )
      .optional(),
    /** Further ways of saying that the client was refused. */
    refusedClientSignal: responseSignal.optional(),
    /** `/scope`, with spaces between scopes, when left out. */
    scopesFrom: scopesFrom.optional(),
    /** `/exp`, in seconds since the epoch, when left out. */
    expiresFrom: expiresFrom.optional(),
  })
  .refine(hasOnePlace, onePlace)
  .refine(
    ({ url, body: sent }) => JSON.stringify([url, sent]).includes('{access_token}'),
    'must say where the token goes: {access_token} in url or body',
  );
export type Introspection = z.infer<typeof introspection>;
