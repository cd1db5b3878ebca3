import { introspectedFacts, readIntrospection, type CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { IntrospectionFinding, IdpToken } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';
import { credentialedRequest, type CredentialedRequest } from '../relay/credentialed-request.ts';
import { readJson } from '../relay/read-json.ts';
import { readFacts } from './answer-facts.ts';
import type { CheckOptions, ShownFacts } from './check-options.ts';

type Introspection = NonNullable<CatalogueEntry['introspection']>;

/** An introspection that can be made. */
export interface ReadyIntrospection {
  readonly introspection: Introspection;
  readonly request: CredentialedRequest;
}

/** What an introspection showed. */
export interface Introspected extends ShownFacts {
  readonly finding: IntrospectionFinding;
}

/** The introspection of a token, ready to be made; or in words what an operator would have to configure for it. */
export function prepareIntrospection(
  token: IdpToken,
  client: CheckOptions['client'],
): ReadyIntrospection | { readonly toConfigure: string } | undefined {
  const { introspection } = token.entry;
  if (introspection === undefined) return undefined;
  const built = credentialedRequest(introspection, token, client);
  if (built.isReady) return { introspection, request: built.request };
  const place = `connections.${token.identity.connection}`;
  const toConfigure = {
    client: `set ${place}.client, id and secret, to the client that the connection has at the IdP`,
    client_secret: `set ${place}.client.secret, since the IdP wants more than the client's id`,
    refresh_token: `the call in ${place}.catalogue.introspection needs a refresh token, and none is stored`,
    address: `set ${place}.catalogue.apiBaseUrls, or the whole address in ${place}.catalogue.introspection`,
  }[built.lacks];
  return { toConfigure };
}

/**
 * Asks the IdP about a token, in the name of the tenant's client.
 * @see https://datatracker.ietf.org/doc/html/rfc7662#section-2
 * @throws Problem `idp_unavailable`, `idp_timeout`; CallerGoneError
 */
export async function introspect(
  { introspection, request }: ReadyIntrospection,
  { idpClient, clock, signal }: CheckOptions,
): Promise<Introspected> {
  const response = await idpClient.send({ ...request, signal });
  const body = await readJson(response, signal);
  const { status: idpStatus, headers } = response;
  const finding = readIntrospection(introspection, { status: idpStatus, headers, body });
  if (finding !== 'active') return { finding, idpStatus };
  const facts = readFacts(introspectedFacts(introspection), { headers, body }, clock.now());
  return { finding, idpStatus, ...facts };
}

/** As {@link introspect}, beside a probe that has its own result: no answer is a finding too. */
export async function introspectBeside(
  ready: ReadyIntrospection,
  options: CheckOptions,
): Promise<Pick<Introspected, 'finding'> & Partial<Introspected>> {
  try {
    return await introspect(ready, options);
  } catch (error) {
    if (error instanceof Problem) return { finding: 'unanswered' };
    throw error;
  }
}
