import { neededManagementScopes } from '@idp-relay/idp-tokens';
import { defineCheck } from '../check.ts';
import type { TenantExpectations } from '../expectations.ts';
import type { TenantFacts } from '../facts/tenant-facts.ts';
import { clientsMeant, listed, without } from '../named.ts';

const documentation = 'authenticate/identity-providers/calling-an-external-idp-api';
/** Auth0's default. Such a token cannot be revoked. Seconds. */
const longestManagementTokenSeconds = 86_400;

type Grants = Pick<TenantFacts, 'apis' | 'clients' | 'clientGrants'>;

const managementApi = ({ apis }: Pick<TenantFacts, 'apis'>) => apis.find((api) => api.is_system === true);

/** The relay's clients and what each may ask for at the Management API; `scope` is left out where there is no grant. */
function relayGrants(
  facts: Grants,
  { relayClient }: TenantExpectations,
): readonly { readonly name: string; readonly scope?: readonly string[] }[] {
  const audience = managementApi(facts)?.identifier;
  return clientsMeant(facts.clients, relayClient).map(({ client_id: id, name }) => {
    const grant = facts.clientGrants.find(
      (candidate) => candidate.client_id === id && candidate.audience === audience,
    );
    return { name, ...(grant && { scope: grant.scope }) };
  });
}

/** Whether the relay's client may read what it needs of the Management API, and nothing else. */
export const managementGrantChecks = [
  defineCheck({
    code: 'relay_grant_missing',
    severity: 'error',
    title: 'The relay’s client has no grant on the Management API, so it reads no IdP token.',
    needs: ['apis', 'clients', 'clientGrants'],
    documentation,
    examine: (facts, expected) =>
      relayGrants(facts, expected)
        .filter(({ scope }) => scope === undefined)
        .map(({ name }) => ({
          subject: name,
          evidence: `none of the ${facts.clientGrants.length} client grants is this client’s for the Management API`,
          fix: `Run ${expected.deployCommand}; or Applications → ${name} → APIs → Auth0 Management API: authorize it with ${listed(neededManagementScopes)}.`,
        })),
  }),
  defineCheck({
    code: 'relay_grant_lacks_scope',
    severity: 'error',
    title: 'The relay’s grant on the Management API lacks a scope that reading IdP tokens needs.',
    needs: ['apis', 'clients', 'clientGrants'],
    documentation,
    examine: (facts, expected) =>
      relayGrants(facts, expected).flatMap(({ name, scope }) => {
        const lacking = scope === undefined ? [] : without(neededManagementScopes, scope);
        return lacking.length === 0
          ? []
          : {
              subject: name,
              evidence: `granted: ${listed(scope ?? [])}; lacking: ${listed(lacking)}`,
              fix: `Run ${expected.deployCommand}; or Applications → ${name} → APIs → Auth0 Management API: add ${listed(lacking)}.`,
            };
      }),
  }),
  defineCheck({
    code: 'relay_grant_exceeds',
    severity: 'warning',
    title: 'The relay’s grant on the Management API has scopes that the relay never uses.',
    needs: ['apis', 'clients', 'clientGrants'],
    documentation,
    examine: (facts, expected) =>
      relayGrants(facts, expected).flatMap(({ name, scope = [] }) => {
        const unneeded = without(scope, neededManagementScopes);
        return unneeded.length === 0
          ? []
          : {
              subject: name,
              evidence: `granted and not needed: ${listed(unneeded)}`,
              fix: `Run ${expected.deployCommand}; or Applications → ${name} → APIs → Auth0 Management API: take ${listed(unneeded)} away.`,
            };
      }),
  }),
  defineCheck({
    code: 'management_token_lifetime_long',
    severity: 'warning',
    title: 'Tokens for the Management API live longer than a day, and nobody can revoke them.',
    needs: ['apis'],
    documentation: 'secure/tokens/access-tokens/update-access-token-lifetime',
    examine: (facts) => {
      const { token_lifetime: seconds = 0, identifier = '' } = managementApi(facts) ?? {};
      return seconds <= longestManagementTokenSeconds
        ? []
        : [
            {
              subject: identifier,
              evidence: `token_lifetime: ${seconds} s`,
              fix: `Applications → APIs → Auth0 Management API → Settings: set Token Expiration to ${longestManagementTokenSeconds} seconds or less.`,
            },
          ];
    },
  }),
];
