import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { defineCheck } from '../check.ts';
import type { ExaminedConnection } from '../facts/tenant-facts.ts';
import { listed } from '../named.ts';
import { askedScopes, asksForScope } from './asked-scopes.ts';
import { connectionPage, ofTokenConnections } from './of-connections.ts';

const tokensPage = 'secure/tokens/access-tokens/identity-provider-access-tokens';

type Asked = NonNullable<NonNullable<CatalogueEntry['refresh']>['askedAtSignIn']>;

/** Parameters that force a consent page: what they do can be left to each sign-in. */
const consentParameters = new Set(['prompt', 'approval_prompt']);

function asksForOfflineAccess(
  { options, ...rest }: ExaminedConnection,
  { scope, parameters }: Asked,
): boolean {
  if (options.flags.includes('offline_access')) return true;
  if (scope !== undefined) return asksForScope({ options, ...rest }, scope);
  return Object.entries(parameters ?? {})
    .filter(([name]) => !consentParameters.has(name))
    .every(([name, value]) => options.upstreamParameters[name] === value);
}

const atSignIn = ({ scope, parameters }: Asked): string =>
  [
    ...(scope === undefined ? [] : [`connection_scope=${scope}`]),
    ...Object.entries(parameters ?? {}).map(([name, value]) => `${name}=${value}`),
  ].join('&');

/** Whether the tokens of a connection can be renewed once they have ended. */
export const connectionRenewalChecks = [
  defineCheck({
    code: 'connection_offline_access_not_asked',
    severity: 'note',
    title:
      'A connection does not ask for offline access itself: only sign-ins that do bring a refresh token.',
    needs: ['connections'],
    documentation: tokensPage,
    examine: ofTokenConnections((connection) => {
      const { entry } = connection;
      const asked = entry.refresh?.askedAtSignIn;
      return asked === undefined ||
        entry.accessToken.expires === 'never' ||
        asksForOfflineAccess(connection, asked)
        ? undefined
        : {
            evidence: `asked for: ${listed(askedScopes(connection))}; upstream parameters: ${listed(Object.keys(connection.options.upstreamParameters))}`,
            fix: `Let each sign-in carry ${atSignIn(asked)}, as the dashboard’s sign-in links do; or have the connection ask: ${connectionPage(connection)}.`,
          };
    }),
  }),
  defineCheck({
    code: 'connection_keeps_refresh_tokens_out',
    severity: 'warning',
    title: 'An option of a connection keeps refresh tokens out of the users’ identities.',
    needs: ['connections'],
    documentation: tokensPage,
    examine: ofTokenConnections((connection) =>
      connection.options.keepsRefreshTokenOut
        ? {
            evidence: 'options.ext_refresh_token: false',
            fix: `${connectionPage(connection)}: set ext_refresh_token: true.`,
          }
        : undefined,
    ),
  }),
  defineCheck({
    code: 'connection_renewal_client_missing',
    severity: 'note',
    title:
      'A connection’s tokens end and could be renewed, but the relay does not know the client to do it with.',
    needs: ['connections', 'configuration'],
    examine: ofTokenConnections(({ name, entry, options }, { configuration }) => {
      const { possible } = entry.refresh ?? { possible: 'no' };
      return entry.accessToken.expires !== 'always' ||
        (possible !== 'yes' && possible !== 'conditional') ||
        options.inTokenVault ||
        configuration.settings(name).keptInTokenVault ||
        configuration.idpClient(name) !== undefined
        ? undefined
        : {
            evidence: `tokens of ${entry.displayName} end${entry.accessToken.lifetimeSeconds === undefined ? '' : ` after ${entry.accessToken.lifetimeSeconds} s`}; no client in the operators’ file`,
            fix: `Operators’ file: connections.${name}.client, with the id and secret that the connection is set up with${entry.refresh?.tokenEndpoint === undefined ? `, and connections.${name}.catalogue.refresh.tokenEndpoint` : ''}.`,
          };
    }),
  }),
  defineCheck({
    code: 'connection_renewal_client_differs',
    severity: 'error',
    title:
      'The relay would renew a connection’s tokens as another client than they were issued to, which IdPs refuse.',
    needs: ['connections', 'configuration'],
    examine: ofTokenConnections((connection, { configuration }) => {
      const { name, options } = connection;
      const client = configuration.idpClient(name);
      return client === undefined || options.clientId === undefined || client.clientId === options.clientId
        ? undefined
        : {
            evidence: `the connection’s client id: ${options.clientId}; in the operators’ file: ${client.clientId}`,
            fix: `Operators’ file: connections.${name}.client.id: ${options.clientId}, with that client’s secret.`,
          };
    }),
  }),
];
