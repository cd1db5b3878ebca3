import { z } from 'zod';
import type { DeadTokenReason, SampleIdp } from './sample-idp.ts';

const Profile = z.object({ id: z.string(), name: z.string(), email: z.string().optional() });
const subcodes: Readonly<Partial<Record<DeadTokenReason, number>>> = {
  expired: 463,
  revoked: 458,
  unknown: 467,
};

/** Facebook-like: sixty days' tokens, none to refresh them, and a dead one is told by status 400 and a code. */
export const facebook: SampleIdp = {
  strategy: 'facebook',
  displayName: 'Facebook (sample)',
  endpoints: {
    authorize: '/facebook/v24.0/dialog/oauth',
    token: '/facebook/v24.0/oauth/access_token',
    profile: '/facebook/api/v24.0/me',
    api: '/facebook/api',
  },
  loginScopes: ['public_profile', 'email'],
  scopeSeparator: ',',
  clientAuthentication: 'post',
  tokenPrefix: 'EAAC',
  accessTokenLifetimeSeconds: 5_184_000,
  toProfile: (body) => {
    const { id, name, email } = Profile.parse(body);
    return { id, name, ...(email !== undefined && { email, email_verified: true }) };
  },
  deadToken: (reason) => ({
    status: 400,
    body: {
      error: {
        message: 'Error validating access token.',
        type: 'OAuthException',
        code: reason === 'absent' ? 2500 : 190,
        ...(subcodes[reason] !== undefined && { error_subcode: subcodes[reason] }),
        fbtrace_id: 'Asample',
      },
    },
    headers: {
      'www-authenticate': 'OAuth "Facebook Platform" "invalid_token" "Error validating access token."',
    },
  }),
  missingScope: (scopes) => ({
    status: 403,
    body: {
      error: { message: `Requires ${scopes.join(' or ')} permission`, type: 'OAuthException', code: 200 },
    },
  }),
  rateLimitHeaders: (used) => ({
    'x-app-usage': JSON.stringify({ call_count: Math.min(100, used), total_time: 1, total_cputime: 1 }),
  }),
  revocation: { method: 'DELETE', path: '/facebook/api/v24.0/me/permissions' },
  resources: [
    {
      method: 'GET',
      path: '/v24.0/me',
      handle: ({ account }) => ({
        status: 200,
        body: { id: account.id, name: account.name, email: account.email },
      }),
    },
    {
      method: 'GET',
      path: '/v24.0/me/permissions',
      handle: ({ token }) => ({
        status: 200,
        body: {
          data: [
            ...token.scope.map((permission) => ({ permission, status: 'granted' })),
            { permission: 'user_friends', status: 'declined' },
          ],
        },
      }),
    },
    {
      method: 'GET',
      path: '/v24.0/me/accounts',
      anyScope: ['pages_show_list'],
      handle: () => ({ status: 200, body: { data: [] } }),
    },
  ],
};
