import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const scopes = z
  .union([
    z.array(z.string()),
    z.string().transform((joined) => joined.split(/[\s,]+/).filter((scope) => scope !== '')),
  ])
  .catch([]);
const UpstreamParameter = z.object({ value: text, alias: text }).catch({});

/**
 * The options of a connection that decide on its tokens. Everything else is dropped here, at the border: options hold the
 * client's secret, certificates, scripts and tokens of administrators.
 */
const Options = z
  .looseObject({
    client_id: text,
    scope: scopes.default([]),
    freeform_scopes: scopes.default([]),
    upstream_params: z.record(z.string(), UpstreamParameter).nullish().catch(undefined),
    federated_connections_access_tokens: z.object({ active: flag }).nullish().catch(undefined),
    type: text,
    use_wsfed: flag,
    waad_protocol: text,
    ext_access_token: flag,
    ext_refresh_token: flag,
    dpop_signing_alg: text,
  })
  .transform((options) => ({
    /** The tenant's client at the IdP; `undefined` where none is set up. */
    clientId: options.client_id === '' ? undefined : options.client_id,
    /** Scopes that are asked for by name. */
    scopes: [...options.scope, ...options.freeform_scopes],
    /** Names of options that are `true`; many of them stand for a scope. */
    flags: Object.entries(options)
      .filter(([, value]) => value === true)
      .map(([name]) => name),
    /** Parameters that go to the IdP at each sign-in: a fixed value, or none where the sign-in gives it. */
    upstreamParameters: Object.fromEntries(
      Object.entries(options.upstream_params ?? {}).map(([name, { value }]) => [name, value]),
    ),
    inTokenVault: options.federated_connections_access_tokens?.active === true,
    /** Options that are set so that no access token is stored. */
    keepsAccessTokenOut: [
      ...(options.type === 'front_channel' ? ['type: front_channel'] : []),
      ...(options.use_wsfed === true ? ['use_wsfed: true'] : []),
      ...(options.waad_protocol === 'ws-federation' ? ['waad_protocol: ws-federation'] : []),
      ...(options.ext_access_token === false ? ['ext_access_token: false'] : []),
    ],
    keepsRefreshTokenOut: options.ext_refresh_token === false,
    /** Algorithm of the proofs of possession that tokens are bound to. */
    dpopAlgorithm: options.dpop_signing_alg,
  }));

/** A connection, as far as its tokens go. Holds no secret. */
export const ConnectionFacts = z.object({
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  options: Options.prefault({}),
});
export type ConnectionFacts = z.output<typeof ConnectionFacts>;
