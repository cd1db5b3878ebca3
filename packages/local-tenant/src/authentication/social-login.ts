import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { findSampleIdp } from '../sample-idps/sample-idp-registry.ts';
import { SampleIdpStrategy } from '../sample-idps/sample-idp-state.ts';
import { sampleIdpClient } from '../sample-idps/sample-idp-store.ts';
import type { IdpProfile, SampleIdp } from '../sample-idps/sample-idp.ts';
import type { Connection, Identity, User } from '../state/tenant-state.ts';
import type { AuthorizationError, AuthorizationRequest } from './authorization-request.ts';

const ConnectionScope = z.object({
  scope: z.union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/))]),
});
const IdpTokenAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
});

/** True for strategies that a sample IdP stands for: only through those can somebody sign in here. */
export function isSampleStrategy(strategy: string): strategy is SampleIdpStrategy {
  return SampleIdpStrategy.safeParse(strategy).success;
}

/** The authorization request at the IdP. Origins are those of the browser: http for http, https for https. */
export function idpAuthorizationUrl(
  context: LocalTenantContext,
  origin: string,
  connection: Connection,
  request: AuthorizationRequest,
  state: string,
): string {
  const idp = sampleIdpOf(connection);
  const { origins } = context;
  const url = new URL(
    `${origin === origins.tenantHttps ? origins.idpsHttps : origins.idpsHttp}${idp.endpoints.authorize}`,
  );
  const own = ConnectionScope.safeParse(connection.options).data?.scope ?? [];
  const asked = request.connection_scope?.split(/[\s,]+/) ?? [];
  const offline = request.access_type === 'offline' ? idp.refresh?.askedBy : undefined;
  const scopes = [
    ...idp.loginScopes,
    ...own,
    ...asked,
    ...(offline?.scope === undefined ? [] : [offline.scope]),
  ];
  const parameters = {
    response_type: 'code',
    client_id: sampleIdpClient(idp.strategy).clientId,
    redirect_uri: `${origin}/login/callback`,
    state,
    scope: [...new Set(scopes.filter((scope) => scope !== ''))].join(idp.scopeSeparator),
    ...offline?.parameters,
    ...(offline !== undefined && request.prompt === 'consent' && { prompt: 'consent' }),
    ...(request.login_hint !== undefined && { login_hint: request.login_hint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** What comes of the IdP's answer. */
export type SocialLogin = { readonly user: User } | AuthorizationError;

/**
 * Ends a login at an IdP as Auth0 does: the code is exchanged, the profile read, the user made or brought up to date,
 * and the IdP's tokens kept in the identity.
 */
export async function finishSocialLogin(
  context: LocalTenantContext,
  origin: string,
  connection: Connection,
  code: string,
): Promise<SocialLogin> {
  const idp = sampleIdpOf(connection);
  const answer = await exchangeCode(context, origin, idp, code);
  if (answer === undefined) return { error: 'access_denied', error_description: 'The IdP refused the code.' };
  const profile = await readProfile(context, idp, answer.access_token);
  const user = findOrCreateUser(context, connection, profile);
  const identity = user.identities.find(
    (candidate) => candidate.connection === connection.name && candidate.user_id === profile.id,
  );
  if (identity === undefined)
    throw new Error('A user who signed in has the identity that they signed in with.');
  storeTokens(identity, answer);
  if (user.identities[0] === identity) Object.assign(user, profileFields(profile));
  return { user };
}

/** A login replaces the access token. A refresh token stays when the IdP gave no new one. */
function storeTokens(identity: Identity, answer: z.infer<typeof IdpTokenAnswer>): void {
  identity.access_token = answer.access_token;
  if (answer.refresh_token !== undefined) identity.refresh_token = answer.refresh_token;
  if (answer.expires_in === undefined) delete identity.expires_in;
  else identity.expires_in = answer.expires_in;
}

function findOrCreateUser(
  { database, clock }: LocalTenantContext,
  connection: Connection,
  profile: IdpProfile,
): User {
  const known = database.state.users.find((user) =>
    user.identities.some(
      (identity) => identity.connection === connection.name && identity.user_id === profile.id,
    ),
  );
  if (known !== undefined) return known;
  const now = isoTime(clock.now());
  const user: User = {
    user_id: `${connection.strategy}|${profile.id}`,
    ...profileFields(profile),
    identities: [
      { connection: connection.name, provider: connection.strategy, user_id: profile.id, isSocial: true },
    ],
    created_at: now,
    updated_at: now,
    logins_count: 0,
    roles: [],
  };
  database.state.users.push(user);
  return user;
}

function profileFields(profile: IdpProfile): Omit<IdpProfile, 'id'> {
  const { id: _id, ...fields } = profile;
  return fields;
}

async function exchangeCode(
  { origins }: LocalTenantContext,
  origin: string,
  idp: SampleIdp,
  code: string,
): Promise<z.infer<typeof IdpTokenAnswer> | undefined> {
  const { clientId, clientSecret } = sampleIdpClient(idp.strategy);
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${origin}/login/callback`,
  });
  const headers: Record<string, string> = { accept: 'application/json' };
  if (idp.clientAuthentication === 'post') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  } else {
    headers.authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  }
  // The sample IdPs run in this process; plain http on loopback saves it from trusting its own certificate.
  const response = await fetch(`${origins.idpsHttp}${idp.endpoints.token}`, {
    method: 'POST',
    headers,
    body: form,
  });
  return IdpTokenAnswer.safeParse(await response.json()).data;
}

async function readProfile(
  { origins }: LocalTenantContext,
  idp: SampleIdp,
  accessToken: string,
): Promise<IdpProfile> {
  const response = await fetch(`${origins.idpsHttp}${idp.endpoints.profile}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return idp.toProfile(await response.json());
}

function sampleIdpOf(connection: Connection): SampleIdp {
  return findSampleIdp(SampleIdpStrategy.parse(connection.strategy));
}
