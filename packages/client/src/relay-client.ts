import createClient, { type Client } from 'openapi-fetch';
import { readProblem } from './relay-problem.ts';
import type { paths } from './schema.ts';

/** How a {@link RelayClient} reaches its relay. */
export interface RelayClientOptions {
  /** Of the relay's API, such as `https://relay.example.com`. Empty: the page's own origin. */
  readonly origin: string;
  /** Gives an access token of the relay's audience. Called for every request: keep and renew tokens behind it. */
  readonly getAccessToken: () => Promise<string>;
  /** `fetch` of the platform when left out. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Calls by path and method, typed by the API's own OpenAPI document. */
export type RelayClient = Client<paths>;

/**
 * A client of the relay's API. Every call rejects with a {@link RelayProblem} where the relay refused it, and with a
 * `TypeError` where it could not be reached; `data` is there otherwise.
 */
export function createRelayClient({ origin, getAccessToken, fetch }: RelayClientOptions): RelayClient {
  const client = createClient<paths>({ baseUrl: origin, ...(fetch && { fetch }) });
  client.use({
    onRequest: async ({ request }) => {
      request.headers.set('authorization', `Bearer ${await getAccessToken()}`);
      return request;
    },
    onResponse: async ({ response }) => {
      // What an IdP answered to a relayed call is the caller's to read, good or bad.
      if (!response.ok && response.headers.get('relay-source') !== 'idp') throw await readProblem(response);
    },
  });
  return client;
}
