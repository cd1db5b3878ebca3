import { z } from 'zod';

const urls = z.array(z.string()).nullish().catch(undefined);

/** A client of the tenant. Its secret is not among the fields that are asked for. */
export const ClientFacts = z.object({
  client_id: z.string(),
  name: z.string().default(''),
  app_type: z.string().nullish(),
  grant_types: z.array(z.string()).default([]),
  token_endpoint_auth_method: z.string().nullish(),
  client_authentication_methods: z.object({ private_key_jwt: z.unknown() }).partial().nullish(),
  callbacks: urls,
  allowed_logout_urls: urls,
  web_origins: urls,
  refresh_token: z.object({ rotation_type: z.string().optional() }).nullish().catch(undefined),
});
export type ClientFacts = z.output<typeof ClientFacts>;

/** The fields of {@link ClientFacts}, for the request. */
export const clientFields = Object.keys(ClientFacts.shape);

/** What a client may ask for at an API by client credentials. */
export const ClientGrantFacts = z.object({
  client_id: z.string(),
  audience: z.string(),
  scope: z.array(z.string()).default([]),
});
export type ClientGrantFacts = z.output<typeof ClientGrantFacts>;
