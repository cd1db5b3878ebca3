import { mayTellByBody, meetsCondition, readTokenFate, type CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { IdpClientCredentials, IdpToken, Observation } from '@idp-relay/idp-tokens';
import type { IdpRequest } from '../relay/idp-client.ts';
import type { IdpResponse } from '../relay/response-receiver.ts';
import { readJson } from '../relay/read-json.ts';
import { addToken } from '../relay/token-transport.ts';
import { readFacts } from './answer-facts.ts';
import type { CheckOptions, ShownFacts } from './check-options.ts';

type Probe = NonNullable<CatalogueEntry['probe']>;

/** What the probe showed. */
export interface Probed extends ShownFacts {
  /** `undefined`: neither yes nor no. */
  readonly outcome: Observation['outcome'] | undefined;
}

/**
 * Makes the catalogue's harmless call with a token, and reads scopes and end where the IdP tells them.
 * @throws Problem `idp_unavailable`, `idp_timeout`; CallerGoneError
 */
export async function makeProbe(
  probe: Probe,
  url: URL,
  token: IdpToken,
  { idpClient, client, clock, signal }: CheckOptions,
): Promise<Probed> {
  const response = await idpClient.send(probeRequest(probe, url, token, client, signal));
  const body = await readJson(response, signal);
  const outcome = readOutcome(probe, token.entry, response, body);
  const answer = { headers: response.headers, body };
  const facts = outcome === 'accepted' ? readFacts(probe, answer, clock.now()) : {};
  return { outcome, idpStatus: response.status, ...facts };
}

/** The probe as a request. Where it names a place of its own for the token, that one is used, else that of all calls. */
function probeRequest(
  probe: Probe,
  url: URL,
  token: IdpToken,
  client: IdpClientCredentials | undefined,
  signal: AbortSignal,
): IdpRequest {
  const entry: CatalogueEntry = {
    ...token.entry,
    tokenTransport: probe.tokenTransport ?? token.entry.tokenTransport,
  };
  const headers: Record<string, string> = {
    'user-agent': 'idp-relay',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };
  for (const [name, value] of Object.entries(probe.headers ?? {})) headers[name.toLowerCase()] = value;
  const addressed = addToken(
    url,
    headers,
    { ...token, entry },
    {
      method: probe.method,
      client,
      form: probe.body?.form ?? {},
    },
  );
  if (probe.body?.json === undefined) return { body: null, ...addressed, method: probe.method, signal };
  const body = JSON.stringify(probe.body.json);
  return {
    ...addressed,
    headers: { 'content-type': 'application/json', ...addressed.headers },
    method: probe.method,
    body,
    signal,
  };
}

/**
 * Yes, no, or `undefined` for neither. Where the catalogue names a field that tells dead tokens at this status, that field
 * counts for more than the status: it may say "slow down" (Facebook), or that a scope is missing (Dropbox), and a token
 * whose scopes the IdP knows is alive.
 */
function readOutcome(
  probe: Probe,
  entry: CatalogueEntry,
  { status, headers }: IdpResponse,
  body: unknown,
): Observation['outcome'] | undefined {
  const isAsExpected = probe.okWhen === undefined || meetsCondition(probe.okWhen, body);
  if (status === probe.expectStatus && isAsExpected) return 'accepted';
  if (!probe.badTokenStatus.includes(status)) return undefined;
  if (!mayTellByBody(entry, status)) return 'refused';
  const fate = readTokenFate(entry, { status, headers, body });
  if (fate === 'none') return undefined;
  return fate === 'refused' ? 'refused' : 'accepted';
}
