import { defineCheck } from '../check.ts';
import { listed } from '../named.ts';
import { askedScopes, asksForScope } from './asked-scopes.ts';
import { connectionPage, ofTokenConnections } from './of-connections.ts';

const tokensPage = 'secure/tokens/access-tokens/identity-provider-access-tokens';

/** Whether a connection lets the tenant keep access tokens that the relay can use. */
export const connectionTokenChecks = [
  defineCheck({
    code: 'connection_developer_keys',
    severity: 'warning',
    title:
      'A connection uses Auth0’s developer keys: its tokens belong to Auth0’s app, and cannot be renewed or revoked.',
    needs: ['connections'],
    documentation: 'authenticate/identity-providers/social-identity-providers/devkeys',
    examine: ofTokenConnections((connection) =>
      connection.entry.kind !== 'social' || connection.options.clientId !== undefined
        ? undefined
        : {
            evidence: 'options.client_id: not set',
            fix: `Register an app at ${connection.entry.displayName}, and enter its client id and secret: ${connectionPage(connection)} → Settings.`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_keeps_tokens_out',
    severity: 'error',
    title: 'An option of a connection keeps access tokens out of the users’ identities.',
    needs: ['connections'],
    documentation: tokensPage,
    examine: ofTokenConnections((connection) => {
      const { keepsAccessTokenOut: options } = connection.options;
      return options.length === 0
        ? undefined
        : {
            evidence: `options.${listed(options)}`,
            fix: `${connectionPage(connection)}: let it use OpenID Connect with the code flow (type: back_channel, ext_access_token: true, use_wsfed: false).`,
          };
    }),
  }),
  defineCheck({
    code: 'connection_tokens_bound',
    severity: 'error',
    title: 'A connection’s tokens are bound to a key at Auth0 (DPoP), and nobody else can use them.',
    needs: ['connections'],
    examine: ofTokenConnections((connection) =>
      connection.options.dpopAlgorithm === undefined
        ? undefined
        : {
            evidence: `options.dpop_signing_alg: ${connection.options.dpopAlgorithm}`,
            fix: `${connectionPage(connection)}: switch DPoP off (dpop_signing_alg), and let users sign in again.`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_scopes_not_asked',
    severity: 'warning',
    title: 'A connection does not ask for scopes that the operators’ file requires of its tokens.',
    needs: ['connections', 'configuration'],
    documentation: 'authenticate/identity-providers/adding-scopes-for-an-external-idp',
    examine: ofTokenConnections((connection, { configuration }) => {
      const lacking = configuration
        .settings(connection.name)
        .requiredScopes.filter((scope) => !asksForScope(connection, scope));
      return lacking.length === 0
        ? undefined
        : {
            evidence: `asked for: ${listed(askedScopes(connection))}; required and not asked for: ${listed(lacking)}`,
            fix: `${connectionPage(connection)} → Permissions: add ${listed(lacking)}; or let each sign-in carry connection_scope=${lacking.join(',')}.`,
          };
    }),
  }),
  defineCheck({
    code: 'connection_vault_not_configured',
    severity: 'error',
    title:
      'A connection keeps its tokens in Token Vault, and the relay looks for them in the users’ identities.',
    needs: ['connections', 'configuration'],
    documentation: 'secure/call-apis-on-users-behalf/token-vault/configure-token-vault',
    examine: ofTokenConnections(({ name, options }, { configuration }) =>
      !options.inTokenVault || configuration.settings(name).keptInTokenVault
        ? undefined
        : {
            evidence:
              'options.federated_connections_access_tokens.active: true; token_vault in the operators’ file: not set',
            fix: `Operators’ file: connections.${name}.token_vault: true, and set TOKEN_VAULT_CLIENT_ID of the relay; or switch Token Vault off for the connection.`,
          },
    ),
  }),
  defineCheck({
    code: 'connection_vault_off',
    severity: 'error',
    title: 'The relay looks for a connection’s tokens in Token Vault, which is off for it.',
    needs: ['connections', 'configuration'],
    documentation: 'secure/call-apis-on-users-behalf/token-vault/configure-token-vault',
    examine: ofTokenConnections((connection, { configuration }) =>
      connection.options.inTokenVault || !configuration.settings(connection.name).keptInTokenVault
        ? undefined
        : {
            evidence:
              'options.federated_connections_access_tokens.active: not true; token_vault in the operators’ file: true',
            fix: `${connectionPage(connection)}: switch Token Vault on; or take connections.${connection.name}.token_vault out of the operators’ file.`,
          },
    ),
  }),
];
