import { probeUrl } from '@idp-relay/idp-catalogue';
import type { IdpToken, Observation } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';
import type { CheckOptions } from './check-options.ts';
import {
  introspect,
  introspectBeside,
  prepareIntrospection,
  type Introspected,
  type ReadyIntrospection,
} from './introspect.ts';
import { makeProbe, type Probed } from './make-probe.ts';

/** What a live check found, and how. */
export interface ProbedIdentity {
  readonly observation: Observation;
  /** Method and host of the call that the outcome rests on. */
  readonly probed: string;
  /** Method and host of the introspection, where one was made. */
  readonly introspected?: string;
}

/**
 * Asks the IdP whether a token is alive. By the catalogue's harmless call; and by introspection where there is no such call,
 * where its answer says neither yes nor no, and for the scopes where it does not tell them.
 * @throws Problem `probe_not_available`, `idp_unavailable`, `idp_timeout`, `idp_client_refused`; `idp_unavailable` too when
 *   the answers say neither yes nor no
 */
export async function probeIdentity(token: IdpToken, options: CheckOptions): Promise<ProbedIdentity> {
  const { probe } = token.entry;
  const url = probeUrl(token.entry);
  const prepared = prepareIntrospection(token, options.client);
  const ready = prepared !== undefined && 'request' in prepared ? prepared : undefined;
  if (probe === undefined || url === undefined) {
    if (ready === undefined) throw notAvailable(token, prepared);
    const introspected = await introspect(ready, options);
    return byIntrospection(token, introspected, ready, options);
  }
  const probed = await makeProbe(probe, url, token, options);
  const isToldEnough = probed.outcome === 'refused' || (probed.outcome && probe.scopesFrom !== undefined);
  if (ready === undefined || isToldEnough === true) return byProbe(token, probed, url, undefined, options);
  const introspected = await introspectBeside(ready, options);
  const { finding, idpStatus } = introspected;
  if (probed.outcome === undefined && idpStatus !== undefined && isAnswer(finding))
    return byIntrospection(token, { ...introspected, idpStatus }, ready, options);
  return { ...byProbe(token, probed, url, introspected, options), introspected: describe(ready) };
}

/** The probe's result stands; an introspection adds what it knows of a live token. */
function byProbe(
  token: IdpToken,
  { outcome, ...shown }: Probed,
  url: URL,
  introspected: (Pick<Introspected, 'finding'> & Partial<Introspected>) | undefined,
  { clock, client }: CheckOptions,
): ProbedIdentity {
  if (outcome === undefined) throw saysNeither('probe', token, shown.idpStatus, introspected?.finding);
  const { finding, ...added } = introspected ?? {};
  return {
    observation: {
      outcome,
      ...withoutSecrets({ ...added, ...shown }, token, client),
      ...(finding !== undefined && { introspection: finding }),
      observedAt: clock.now(),
      source: 'probe',
    },
    probed: `${token.entry.probe?.method ?? 'GET'} ${url.host}`,
  };
}

function byIntrospection(
  token: IdpToken,
  { finding, ...shown }: Introspected,
  ready: ReadyIntrospection,
  { clock, client }: CheckOptions,
): ProbedIdentity {
  if (!isAnswer(finding)) throw saysNeither('introspection', token, shown.idpStatus, finding);
  return {
    observation: {
      outcome: finding === 'active' ? 'accepted' : 'refused',
      ...withoutSecrets(shown, token, client),
      introspection: finding,
      observedAt: clock.now(),
      source: 'probe',
    },
    probed: describe(ready),
    introspected: describe(ready),
  };
}

function isAnswer(finding: Introspected['finding']): finding is 'active' | 'inactive' {
  return finding === 'active' || finding === 'inactive';
}

/** A scope is a short word of the IdP's; one that repeats what was sent to it is none. */
function withoutSecrets<Facts extends Partial<Introspected>>(
  facts: Facts,
  { accessToken }: IdpToken,
  client: CheckOptions['client'],
): Facts {
  if (facts.grantedScopes === undefined) return facts;
  const sent = accessToken.mask(...(client?.clientSecret ? [client.clientSecret] : []));
  return { ...facts, grantedScopes: facts.grantedScopes.filter((scope) => !sent.occursIn(scope)) };
}

function describe({ request }: ReadyIntrospection): string {
  return `${request.method} ${request.url.host}`;
}

function saysNeither(
  call: 'probe' | 'introspection',
  { identity }: IdpToken,
  idpStatus: number,
  finding: Introspected['finding'] | undefined,
): Problem {
  const members = { idp_status: idpStatus };
  const said = `The IdP answered the ${call} with ${idpStatus}, which says neither yes nor no.`;
  const place = `connections.${identity.connection}.client`;
  return finding === 'client_refused'
    ? new Problem(
        'idp_client_refused',
        `${call === 'probe' ? `${said} ` : ''}The IdP refused the client that asked it about the token, and said nothing of the token: ` +
          `check id and secret in ${place}.`,
        { members },
      )
    : new Problem('idp_unavailable', said, { members });
}

function notAvailable(
  { entry, identity }: IdpToken,
  prepared: { readonly toConfigure: string } | ReadyIntrospection | undefined,
): Problem {
  const detail =
    prepared !== undefined && 'toConfigure' in prepared
      ? `A token of ${entry.displayName} is tested by introspection: ${prepared.toConfigure}.`
      : entry.probe === undefined
        ? `No harmless call is known that tests a token of ${entry.displayName}. ` +
          `Describe one in connections.${identity.connection}.catalogue, as probe or introspection.`
        : `A token of ${entry.displayName} is tested at the connection's own host: set apiBaseUrls for the connection.`;
  return new Problem('probe_not_available', detail);
}
