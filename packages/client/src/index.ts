export { createIdpFetch, type IdpCall, type IdpFetch } from './idp-fetch.ts';
export { createRelayClient, type RelayClient, type RelayClientOptions } from './relay-client.ts';
export { RelayProblem } from './relay-problem.ts';
export type { components } from './schema.ts';
