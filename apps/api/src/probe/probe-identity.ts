import { readJsonPointer, type CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { Clock, IdpToken, Observation } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';
import type { IdpClient, IdpResponse } from '../relay/idp-client.ts';
import { addToken } from '../relay/token-transport.ts';

type Probe = NonNullable<CatalogueEntry['probe']>;

/** Probes answer with little; more than this is not read. Bytes. */
const longestAnswer = 256 * 1024;

/**
 * Asks the IdP whether a token is alive, by the catalogue's harmless call, and reads scopes and end where the IdP tells them.
 * @throws Problem `probe_not_available`, `idp_unavailable`, `idp_timeout`; `idp_unavailable` too when the answer says neither yes nor no
 */
export async function probeIdentity(
  token: IdpToken,
  idpClient: IdpClient,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly observation: Observation; readonly probed: string }> {
  const { probe } = token.entry;
  if (probe === undefined) {
    throw new Problem(
      'probe_not_available',
      `No harmless call is known that tests a token of ${token.entry.displayName}.`,
    );
  }
  const response = await idpClient.send(probeRequest(probe, token, signal));
  const body = await readJson(response);
  const accepted = response.status === probe.expectStatus && holds(probe.okWhen, body);
  const refused = !accepted && probe.badTokenStatus.includes(response.status);
  if (!accepted && !refused) {
    throw new Problem(
      'idp_unavailable',
      `The IdP answered the probe with ${response.status}, which says neither yes nor no.`,
      {
        members: { idp_status: response.status },
      },
    );
  }
  const grantedScopes = accepted ? readScopes(probe, response, body) : undefined;
  const expiresAt = accepted ? readExpiry(probe, response, body, clock.now()) : undefined;
  return {
    observation: {
      outcome: accepted ? 'accepted' : 'refused',
      idpStatus: response.status,
      ...(grantedScopes && { grantedScopes }),
      ...(expiresAt !== undefined && { expiresAt }),
      observedAt: clock.now(),
      source: 'probe',
    },
    probed: `${probe.method} ${new URL(withoutQuery(probe.url)).host}`,
  };
}

const placeholder = '{access_token}';

function probeRequest(probe: Probe, token: IdpToken, signal: AbortSignal) {
  const headers: Record<string, string> = {
    'user-agent': 'idp-relay',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };
  for (const [name, value] of Object.entries(probe.headers ?? {})) {
    if (!value.includes(placeholder)) headers[name.toLowerCase()] = value;
  }
  const url = new URL(withoutQuery(probe.url));
  const parameters = new URLSearchParams(probe.url.split('?')[1] ?? '');
  const inQuery = [...parameters].find(([, value]) => value === placeholder)?.[0];
  const inForm = Object.entries(probe.body?.form ?? {}).find(([, value]) => value === placeholder)?.[0];
  for (const [name, value] of parameters) if (name !== inQuery) url.searchParams.append(name, value);
  // Where the probe names its own place for the token, that place is used, else the one of all calls.
  const entry: CatalogueEntry =
    inQuery === undefined
      ? token.entry
      : { ...token.entry, tokenTransport: { in: 'query', parameter: inQuery } };
  const addressed = addToken(url, headers, { ...token, entry });
  let body: string | null = null;
  if (probe.body?.json !== undefined) {
    body = JSON.stringify(probe.body.json);
    addressed.headers['content-type'] ??= 'application/json';
  } else if (probe.body?.form !== undefined) {
    const form = new URLSearchParams(Object.entries(probe.body.form));
    if (inForm !== undefined) form.set(inForm, token.accessToken.reveal());
    body = form.toString();
    addressed.headers['content-type'] ??= 'application/x-www-form-urlencoded';
  }
  return { ...addressed, method: probe.method, body, signal };
}

function withoutQuery(url: string): string {
  return url.split('?')[0] ?? url;
}

async function readJson(response: IdpResponse): Promise<unknown> {
  let text = '';
  for await (const chunk of response.body) {
    text += String(chunk);
    if (text.length > longestAnswer) {
      response.body.destroy();
      return undefined;
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function holds(condition: Probe['okWhen'], body: unknown): boolean {
  return condition === undefined || readJsonPointer(body, condition.jsonPointer) === condition.equals;
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
