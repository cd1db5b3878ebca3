// What Auth0's guide has every team build: for each call a Management API token, the user, and then the IdP.
// https://auth0.com/docs/secure/tokens/access-tokens/identity-provider-access-tokens/calling-external-idp-apis
// It does not verify its caller; who calls is read from the access token.
import Fastify from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';

const {
  HOST: host,
  PORT: port,
  UPSTREAM: upstream,
  AUTH0_DOMAIN: domain,
  AUTH0_CLIENT_ID: client_id,
  AUTH0_CLIENT_SECRET: client_secret,
} = z
  .object({
    HOST: z.string(),
    PORT: z.coerce.number(),
    UPSTREAM: z.url(),
    AUTH0_DOMAIN: z.string(),
    AUTH0_CLIENT_ID: z.string(),
    AUTH0_CLIENT_SECRET: z.string(),
  })
  .parse(process.env);
const TokenAnswer = z.object({ access_token: z.string() });
const User = z.object({
  identities: z.array(z.object({ connection: z.string(), access_token: z.string().optional() })),
});

const app = Fastify();
app.get('/healthz', () => ({ ok: true }));
app.get<{ Params: { '*': string } }>('/v1/me/idp/github/*', async (request) => {
  const { sub = '' } = decodeJwt((request.headers.authorization ?? '').slice('Bearer '.length));
  const issued = await fetch(`https://${domain}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id,
      client_secret,
      audience: `https://${domain}/api/v2/`,
    }),
  });
  const { access_token: managementToken } = TokenAnswer.parse(await issued.json());
  const read = await fetch(`https://${domain}/api/v2/users/${encodeURIComponent(sub)}`, {
    headers: { authorization: `Bearer ${managementToken}` },
  });
  const { identities } = User.parse(await read.json());
  const idpToken = identities.find(({ connection }) => connection === 'github')?.access_token ?? '';
  const answer = await fetch(`${upstream}/${request.params['*']}`, {
    headers: { authorization: `Bearer ${idpToken}` },
  });
  return answer.json();
});
await app.listen({ host, port });
