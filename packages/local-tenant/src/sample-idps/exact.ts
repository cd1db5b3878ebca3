import { z } from 'zod';
import type { SampleIdp } from './sample-idp.ts';

const Profile = z.object({
  d: z.object({
    results: z.tuple([z.object({ UserID: z.string(), FullName: z.string(), Email: z.string() })]),
  }),
});

/** Milliseconds. */
const day = 86_400_000;

/**
 * Exact-Online-like: ten minutes' tokens; always a refresh token, good once, and not in the first nine and a half minutes;
 * no scopes.
 */
export const exact: SampleIdp = {
  strategy: 'exact',
  displayName: 'Exact Online (sample)',
  endpoints: {
    authorize: '/exact/api/oauth2/auth',
    token: '/exact/api/oauth2/token',
    profile: '/exact/api/v1/current/Me',
    api: '/exact/api',
  },
  loginScopes: [],
  scopeSeparator: ' ',
  clientAuthentication: 'basic',
  tokenPrefix: 'stampNL001.',
  accessTokenLifetimeSeconds: 600,
  refresh: {
    askedBy: {},
    onlyAtConsent: false,
    rotates: true,
    reuseEndsFamily: true,
    notBefore: {
      seconds: 570,
      error: 'access_denied',
      description: 'Rate limit exceeded: access_token not expired',
    },
  },
  toProfile: (body) => {
    const [{ UserID: id, FullName: name, Email: email }] = Profile.parse(body).d.results;
    return { id, name, email };
  },
  deadToken: () => ({
    status: 401,
    body: { error: { code: '', message: { lang: '', value: 'Unauthorized' } } },
    headers: { 'www-authenticate': 'Bearer' },
  }),
  missingScope: () => ({
    status: 403,
    body: { error: { code: '', message: { lang: '', value: 'Forbidden' } } },
  }),
  rateLimitHeaders: (used, now) => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(Math.max(0, 5000 - used)),
    'x-ratelimit-reset': String(Math.ceil(now / day) * day),
  }),
  resources: [
    {
      method: 'GET',
      path: '/v1/current/Me',
      handle: ({ account }) => ({
        status: 200,
        body: {
          d: { results: [{ UserID: account.id, FullName: account.name, Email: account.email }] },
        },
      }),
    },
  ],
};
