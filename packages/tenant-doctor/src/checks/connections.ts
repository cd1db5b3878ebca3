import { defineCheck } from '../check.ts';
import { without } from '../named.ts';
import { connectionPage, ofConnections, ofTokenConnections } from './of-connections.ts';

/** Whether a connection is there, may be signed in through, and leads to an IdP whose API can be called. */
export const connectionChecks = [
  defineCheck({
    code: 'connection_missing',
    severity: 'error',
    title: 'The operators’ file speaks of a connection that the tenant does not have.',
    needs: ['connectionNames', 'configuration'],
    examine: ({ connectionNames, configuration }) =>
      without(configuration.connectionNames, connectionNames).map((name) => ({
        subject: name,
        evidence: `none of the tenant’s ${connectionNames.size} connections has this name`,
        fix: `Make it in the tenant (Authentication → Social or Enterprise), or take ${name} out of rules and connections of the operators’ file.`,
      })),
  }),
  defineCheck({
    code: 'connection_strategy_unknown',
    severity: 'warning',
    title: 'Nothing is known of a connection’s strategy, so no call goes through it.',
    needs: ['connections'],
    examine: ofConnections(({ name, strategy, entry }) =>
      entry !== undefined
        ? undefined
        : {
            evidence: `strategy: ${strategy}`,
            fix: `Describe it in the operators’ file: connections.${name}.catalogue, with extends: oauth2 and apiBaseUrls.`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_gives_no_token',
    severity: 'error',
    title: 'A rule lets apps call a connection that gives no OAuth token.',
    needs: ['connections', 'configuration'],
    examine: ofConnections(({ name, strategy, entry }, { configuration }) =>
      entry?.issuesToken !== 'never' || configuration.policy.rulesOf(name).length === 0
        ? undefined
        : {
            evidence: `strategy: ${strategy} (${entry.displayName})`,
            fix: `Take ${name} out of the rules of the operators’ file; or let users sign in through an OAuth 2.0 connection of the same IdP.`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_without_base_url',
    severity: 'error',
    title: 'A rule lets apps call a connection, and it is not known where its API is.',
    needs: ['connections', 'configuration'],
    examine: ofTokenConnections(({ name, entry }, { configuration }) =>
      entry.apiBaseUrls.length > 0 || configuration.policy.rulesOf(name).length === 0
        ? undefined
        : {
            evidence: `apiBaseUrls of ${entry.displayName}: none`,
            fix: `Name it in the operators’ file: connections.${name}.catalogue.apiBaseUrls: ['${entry.apiBaseUrlTemplate ?? 'https://api.example.com'}'].`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_idp_shut_down',
    severity: 'warning',
    title: 'The IdP behind a connection has shut its service down.',
    needs: ['connections'],
    examine: ofConnections((connection) =>
      connection.entry?.upstreamStatus !== 'shutdown'
        ? undefined
        : {
            evidence: `strategy: ${connection.strategy} (${connection.entry.displayName})`,
            fix: `${connectionPage(connection)}: take it out of use, and link its users to accounts of another connection.`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_without_client',
    severity: 'warning',
    title: 'A connection is enabled for no client, so nobody can sign in through it.',
    needs: ['connections', 'enabledConnections'],
    documentation: 'authenticate/identity-providers',
    examine: ofTokenConnections((connection, { enabledConnections }) =>
      enabledConnections.has(connection.name)
        ? undefined
        : {
            evidence: 'enabled clients: none',
            fix: `${connectionPage(connection)} → Applications: switch it on for the apps that users sign in to.`,
          },
    ),
  }),
];
