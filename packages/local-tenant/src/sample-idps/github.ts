import { z } from 'zod';
import type { SampleIdp } from './sample-idp.ts';

const Profile = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  email: z.string().nullable(),
});
const hour = 3600_000;

/** GitHub-like: an OAuth App, so tokens have no end and there is nothing to refresh. */
export const github: SampleIdp = {
  strategy: 'github',
  displayName: 'GitHub (sample)',
  endpoints: {
    authorize: '/github/login/oauth/authorize',
    token: '/github/login/oauth/access_token',
    profile: '/github/api/user',
    api: '/github/api',
  },
  loginScopes: ['user:email'],
  scopeSeparator: ',',
  clientAuthentication: 'post',
  tokenPrefix: 'gho_',
  tokenErrorsAreOk: true,
  tokenAnswerIsFormByDefault: true,
  toProfile: (body) => {
    const { id, login, name, email } = Profile.parse(body);
    return { id: String(id), nickname: login, name, ...(email !== null && { email, email_verified: true }) };
  },
  deadToken: (reason) => ({
    status: 401,
    body: {
      message: reason === 'absent' ? 'Requires authentication' : 'Bad credentials',
      documentation_url: 'https://docs.github.com/rest',
      status: '401',
    },
  }),
  missingScope: (scopes) => ({
    status: 403,
    body: {
      message: 'Resource not accessible by personal access token',
      documentation_url: 'https://docs.github.com/rest',
    },
    headers: { 'x-accepted-oauth-scopes': scopes.join(', ') },
  }),
  rateLimitHeaders: (used, now) => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(Math.max(0, 5000 - used)),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.ceil(now / hour) * 3600),
    'x-ratelimit-resource': 'core',
  }),
  tokenHeaders: ({ scope }) => ({ 'x-oauth-scopes': scope.join(', ') }),
  revocation: { method: 'DELETE', path: '/github/api/applications/:client_id/token' },
  introspection: {
    path: '/github/api/applications/:client_id/token',
    clientAuthentication: 'basic',
    answer: (live) =>
      live === undefined
        ? {
            status: 404,
            body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
          }
        : {
            status: 200,
            body: {
              token: live.accessToken,
              scopes: live.scope,
              app: { client_id: live.clientId },
              created_at: new Date(live.issuedAt).toISOString(),
              expires_at: null,
            },
          },
  },
  resources: [
    {
      method: 'GET',
      path: '/user',
      handle: ({ account }) => ({
        status: 200,
        body: {
          login: account.login,
          id: Number(account.id),
          name: account.name,
          email: account.email,
          type: 'User',
        },
      }),
    },
    {
      method: 'GET',
      path: '/user/emails',
      anyScope: ['user:email', 'user'],
      handle: ({ account }) => ({
        status: 200,
        body: [{ email: account.email, primary: true, verified: true, visibility: null }],
      }),
    },
    {
      method: 'GET',
      path: '/user/repos',
      anyScope: ['repo', 'public_repo'],
      handle: ({ account }) => ({
        status: 200,
        body: ['analytical-engine', 'notes', 'dotfiles'].map((name, index) => ({
          id: Number(account.id) * 10 + index,
          name,
          full_name: `${account.login}/${name}`,
          private: index === 1,
          owner: { login: account.login, id: Number(account.id) },
        })),
      }),
    },
    {
      method: 'GET',
      path: '/repos/:owner/:repo/issues',
      anyScope: ['repo', 'public_repo'],
      handle: ({ account }) => ({
        status: 200,
        body: [{ number: 1, title: 'The first note', state: 'open', user: { login: account.login } }],
      }),
    },
    {
      method: 'POST',
      path: '/repos/:owner/:repo/issues',
      anyScope: ['repo', 'public_repo'],
      handle: ({ account, request }) => ({
        status: 201,
        body: { number: 2, state: 'open', user: { login: account.login }, sent: request.body },
      }),
    },
    {
      method: 'GET',
      path: '/rate_limit',
      handle: () => ({ status: 200, body: { resources: { core: { limit: 5000, remaining: 4999 } } } }),
    },
  ],
};
