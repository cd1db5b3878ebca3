import { z } from 'zod';
import type { SampleIdp } from './sample-idp.ts';

const Profile = z.object({ id: z.string(), displayName: z.string(), mail: z.string() });

/** Microsoft-like: an hour's tokens, refresh tokens for those who ask for `offline_access`, a new one each time. */
export const microsoft: SampleIdp = {
  strategy: 'windowslive',
  displayName: 'Microsoft (sample)',
  endpoints: {
    authorize: '/windowslive/oauth2/v2.0/authorize',
    token: '/windowslive/oauth2/v2.0/token',
    profile: '/windowslive/api/v1.0/me',
    api: '/windowslive/api',
  },
  loginScopes: ['openid', 'User.Read'],
  scopeSeparator: ' ',
  clientAuthentication: 'post',
  tokenPrefix: 'EwB4',
  accessTokenLifetimeSeconds: 3600,
  refresh: {
    askedBy: { scope: 'offline_access' },
    onlyAtConsent: false,
    rotates: true,
    reuseEndsFamily: false,
    narrows: true,
  },
  toProfile: (body) => {
    const { id, displayName, mail } = Profile.parse(body);
    return { id, name: displayName, email: mail, email_verified: true };
  },
  deadToken: () => ({
    status: 401,
    body: {
      error: {
        code: 'InvalidAuthenticationToken',
        message: 'Lifetime validation failed, the token is expired.',
      },
    },
    headers: { 'www-authenticate': 'Bearer realm="", error="invalid_token"' },
  }),
  missingScope: () => ({
    status: 403,
    body: {
      error: { code: 'ErrorAccessDenied', message: 'Access is denied. Check credentials and try again.' },
    },
  }),
  rateLimitHeaders: () => ({}),
  resources: [
    {
      method: 'GET',
      path: '/v1.0/me',
      anyScope: ['User.Read'],
      handle: ({ account }) => ({
        status: 200,
        body: {
          id: account.id,
          displayName: account.name,
          mail: account.email,
          userPrincipalName: account.email,
        },
      }),
    },
    {
      method: 'GET',
      path: '/v1.0/me/events',
      anyScope: ['Calendars.Read', 'Calendars.ReadWrite'],
      handle: () => ({ status: 200, body: { value: [{ id: 'e1', subject: 'Stand-up' }] } }),
    },
    {
      method: 'GET',
      path: '/v1.0/me/messages',
      anyScope: ['Mail.Read'],
      handle: () => ({ status: 200, body: { value: [] } }),
    },
  ],
};
