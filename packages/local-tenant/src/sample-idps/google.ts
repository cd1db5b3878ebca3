import { z } from 'zod';
import type { SampleIdp } from './sample-idp.ts';

const Profile = z.object({
  sub: z.string(),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
});
const calendar = [
  'https://www.googleapis.com/auth/calendar.readonly',
  'https://www.googleapis.com/auth/calendar',
];
const drive = ['https://www.googleapis.com/auth/drive.readonly', 'https://www.googleapis.com/auth/drive'];

/** Google-like: an hour's tokens; a refresh token only for those who ask, and then it stays the same. */
export const google: SampleIdp = {
  strategy: 'google-oauth2',
  displayName: 'Google (sample)',
  endpoints: {
    authorize: '/google-oauth2/o/oauth2/v2/auth',
    token: '/google-oauth2/token',
    profile: '/google-oauth2/api/oauth2/v3/userinfo',
    api: '/google-oauth2/api',
  },
  loginScopes: ['openid', 'email', 'profile'],
  scopeSeparator: ' ',
  clientAuthentication: 'post',
  tokenPrefix: 'ya29.a0',
  accessTokenLifetimeSeconds: 3599,
  refresh: {
    askedBy: { parameters: { access_type: 'offline' } },
    onlyAtConsent: true,
    rotates: false,
    reuseEndsFamily: false,
    narrows: true,
  },
  toProfile: (body) => {
    const { sub, ...profile } = Profile.parse(body);
    return { id: sub, ...profile };
  },
  deadToken: () => ({
    status: 401,
    body: {
      error: {
        code: 401,
        message: 'Request had invalid authentication credentials.',
        status: 'UNAUTHENTICATED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'ACCESS_TOKEN_EXPIRED' }],
      },
    },
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  }),
  missingScope: () => ({
    status: 403,
    body: {
      error: {
        code: 403,
        message: 'Request had insufficient authentication scopes.',
        status: 'PERMISSION_DENIED',
        details: [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
        ],
      },
    },
  }),
  rateLimitHeaders: () => ({}),
  revocation: { method: 'POST', path: '/google-oauth2/revoke' },
  introspection: { path: '/google-oauth2/introspect', clientAuthentication: 'post' },
  resources: [
    {
      method: 'GET',
      path: '/oauth2/v3/userinfo',
      anyScope: ['openid', 'profile'],
      handle: ({ account }) => ({
        status: 200,
        body: { sub: account.id, name: account.name, email: account.email, email_verified: true },
      }),
    },
    {
      method: 'GET',
      path: '/tokeninfo',
      tokenInQuery: true,
      deadToken: () => ({
        status: 400,
        body: { error: 'invalid_token', error_description: 'Invalid Value' },
      }),
      handle: ({ account, token, now }) => ({
        status: 200,
        body: {
          azp: token.clientId,
          aud: token.clientId,
          sub: account.id,
          scope: token.scope.join(' '),
          expires_in: String(Math.max(0, Math.round(((token.expiresAt ?? 0) - now) / 1000))),
          access_type: token.refreshToken === undefined ? 'online' : 'offline',
        },
      }),
    },
    {
      method: 'GET',
      path: '/calendar/v3/users/me/calendarList',
      anyScope: calendar,
      handle: ({ account }) => ({
        status: 200,
        body: {
          kind: 'calendar#calendarList',
          items: [{ id: account.email, summary: account.name, primary: true }],
        },
      }),
    },
    {
      method: 'GET',
      path: '/calendar/v3/calendars/:id/events',
      anyScope: calendar,
      handle: () => ({
        status: 200,
        body: { kind: 'calendar#events', items: [{ id: 'e1', summary: 'Stand-up', status: 'confirmed' }] },
      }),
    },
    {
      method: 'GET',
      path: '/drive/v3/files',
      anyScope: drive,
      handle: () => ({ status: 200, body: { kind: 'drive#fileList', files: [{ id: 'f1', name: 'Notes' }] } }),
    },
  ],
};
