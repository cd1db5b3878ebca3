import { z } from 'zod';
import type { SampleIdp } from './sample-idp.ts';

const Profile = z.object({ uuid: z.string(), display_name: z.string(), nickname: z.string() });

/** Bitbucket-like: two hours' tokens; always a refresh token, good once; a second use ends the whole login. */
export const bitbucket: SampleIdp = {
  strategy: 'bitbucket',
  displayName: 'Bitbucket (sample)',
  endpoints: {
    authorize: '/bitbucket/site/oauth2/authorize',
    token: '/bitbucket/site/oauth2/access_token',
    profile: '/bitbucket/api/2.0/user',
    api: '/bitbucket/api',
  },
  loginScopes: ['account'],
  scopeSeparator: ' ',
  clientAuthentication: 'basic',
  tokenPrefix: 'bb_',
  accessTokenLifetimeSeconds: 7200,
  refresh: { askedBy: {}, onlyAtConsent: false, rotates: true, reuseEndsFamily: true },
  toProfile: (body) => {
    const { uuid, display_name: name, nickname } = Profile.parse(body);
    return { id: uuid, name, nickname };
  },
  deadToken: () => ({
    status: 401,
    body: {
      type: 'error',
      error: { message: 'Access token expired. Use your refresh token to obtain a new access token.' },
    },
  }),
  missingScope: (scopes, granted) => ({
    status: 403,
    body: {
      type: 'error',
      error: {
        message: 'Your credentials lack one or more required privilege scopes.',
        detail: { required: scopes, granted },
      },
    },
  }),
  rateLimitHeaders: (used) => ({
    'x-ratelimit-limit': '1000',
    'x-ratelimit-resource': 'api',
    'x-ratelimit-nearlimit': String(used > 800),
  }),
  introspection: { path: '/bitbucket/site/oauth2/introspect', clientAuthentication: 'basic' },
  resources: [
    {
      method: 'GET',
      path: '/2.0/user',
      anyScope: ['account'],
      handle: ({ account }) => ({
        status: 200,
        body: { type: 'user', uuid: account.id, display_name: account.name, nickname: account.login },
      }),
    },
    {
      method: 'GET',
      path: '/2.0/repositories/:workspace',
      anyScope: ['repository'],
      handle: ({ account }) => ({
        status: 200,
        body: { values: [{ full_name: `${account.login}/compiler`, is_private: true }] },
      }),
    },
  ],
};
