import type { Finding, JudgedFacts } from './judged-facts.ts';

/**
 * Adds what operators can do where the introspection of a token did not fit what the IdP's API said of it. The finding itself
 * stays: a refused client says nothing of the token.
 */
export function adviseOnIntrospection(finding: Finding, facts: JudgedFacts): Finding {
  const advice = adviceOf(facts);
  return advice === undefined
    ? finding
    : { ...finding, advice: finding.advice === '' ? advice : `${finding.advice} ${advice}` };
}

function adviceOf({ observation, identity }: JudgedFacts): string | undefined {
  const place = `connections.${identity.connection}`;
  if (observation === undefined || observation.outcome === 'refused') return undefined;
  switch (observation.introspection) {
    case 'client_refused':
      return `For operators: the IdP refused the client that introspects the token; check id and secret in ${place}.client.`;
    case 'inactive':
      return (
        'For operators: the IdP takes the token, and says by introspection that it is not active; ' +
        `check that ${place}.client is the client which the connection signs users in with.`
      );
    case 'inconclusive':
      return `For operators: the IdP's answer to the introspection cannot be read; check introspection in ${place}.catalogue.`;
    default:
      return undefined;
  }
}
