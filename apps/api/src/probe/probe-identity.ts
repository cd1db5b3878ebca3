import {
  mayTellByBody,
  meetsCondition,
  probeUrl,
  readJsonPointer,
  readTokenFate,
  type CatalogueEntry,
} from '@idp-relay/idp-catalogue';
import type { Clock, IdpClientCredentials, IdpToken, Observation } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';
import type { IdpClient, IdpRequest, IdpResponse } from '../relay/idp-client.ts';
import { addToken } from '../relay/token-transport.ts';

type Probe = NonNullable<CatalogueEntry['probe']>;

/** Probes answer with little; more than this is not read. Bytes. */
const longestAnswer = 256 * 1024;

/** What a probe works with. */
export interface ProbeOptions {
  readonly idpClient: IdpClient;
  /** The tenant's client at the IdP, where the operators named it. */
  readonly client: IdpClientCredentials | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Asks the IdP whether a token is alive, by the catalogue's harmless call, and reads scopes and end where the IdP tells them.
 * @throws Problem `probe_not_available`, `idp_unavailable`, `idp_timeout`; `idp_unavailable` too when the answer says neither yes nor no
 */
export async function probeIdentity(
  token: IdpToken,
  { idpClient, client, clock, signal }: ProbeOptions,
): Promise<{ readonly observation: Observation; readonly probed: string }> {
  const { probe } = token.entry;
  if (probe === undefined) {
    throw new Problem(
      'probe_not_available',
      `No harmless call is known that tests a token of ${token.entry.displayName}.`,
    );
  }
  const url = probeUrl(token.entry);
  if (url === undefined) {
    throw new Problem(
      'probe_not_available',
      `A token of ${token.entry.displayName} is tested at the connection's own host: set apiBaseUrls for the connection.`,
    );
  }
  const response = await idpClient.send(probeRequest(probe, url, token, client, signal));
  const body = await readJson(response);
  const outcome = readOutcome(probe, token.entry, response, body);
  if (outcome === undefined) {
    throw new Problem(
      'idp_unavailable',
      `The IdP answered the probe with ${response.status}, which says neither yes nor no.`,
      {
        members: { idp_status: response.status },
      },
    );
  }
  const accepted = outcome === 'accepted';
  const grantedScopes = accepted ? readScopes(probe, response, body) : undefined;
  const expiresAt = accepted ? readExpiry(probe, response, body, clock.now()) : undefined;
  return {
    observation: {
      outcome,
      idpStatus: response.status,
      ...(grantedScopes && { grantedScopes }),
      ...(expiresAt !== undefined && { expiresAt }),
      observedAt: clock.now(),
      source: 'probe',
    },
    probed: `${probe.method} ${url.host}`,
  };
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

async function readJson(response: IdpResponse): Promise<unknown> {
  let text = '';
  for await (const chunk of response.body) {
    text += String(chunk);
    if (text.length > longestAnswer) {
      response.body.on('error', () => undefined).destroy();
      return undefined;
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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

function readScopes({ scopesFrom }: Probe, response: IdpResponse, body: unknown): string[] | undefined {
  if (scopesFrom === undefined) return undefined;
  const { header, jsonPointer, separator } = scopesFrom;
  const value =
    header === undefined
      ? readJsonPointer(whereHolds(body, scopesFrom), jsonPointer ?? '')
      : response.headers[header.toLowerCase()];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'string') return undefined;
  return value
    .split(separator?.trim() === '' || separator === undefined ? ' ' : separator.trim())
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** `where` keeps those items of a list that have these fields: Facebook lists declined permissions too. */
function whereHolds(body: unknown, { where }: NonNullable<Probe['scopesFrom']>): unknown {
  if (where === undefined) return body;
  const keep = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => hasFields(item, where)).map(keep);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, keep(inner)]));
    }
    return value;
  };
  return keep(body);
}

function hasFields(item: unknown, fields: Readonly<Record<string, unknown>>): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const entries = new Map<string, unknown>(Object.entries(item));
  return Object.entries(fields).every(([name, value]) => entries.get(name) === value);
}

function readExpiry(
  { expiresFrom }: Probe,
  response: IdpResponse,
  body: unknown,
  now: number,
): number | undefined {
  if (expiresFrom === undefined) return undefined;
  const { header, jsonPointer, unit } = expiresFrom;
  const value =
    header === undefined ? readJsonPointer(body, jsonPointer ?? '') : response.headers[header.toLowerCase()];
  const number = Number(value);
  switch (unit) {
    case 'secondsFromNow':
      return Number.isFinite(number) ? now + number * 1000 : undefined;
    case 'epochSeconds':
      return Number.isFinite(number) && number > 0 ? number * 1000 : undefined;
    case 'epochMilliseconds':
      return Number.isFinite(number) && number > 0 ? number : undefined;
    case 'dateTime': {
      const moment = Date.parse(String(value));
      return Number.isNaN(moment) ? undefined : moment;
    }
  }
}
