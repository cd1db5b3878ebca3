import { defineCheck, type Sighting } from '../check.ts';
import type { TenantExpectations } from '../expectations.ts';
import type { ClientFacts } from '../facts/client-facts.ts';
import type { TenantFacts } from '../facts/tenant-facts.ts';
import { clientsMeant, countMeant, listed, without } from '../named.ts';

/** What each of the clients that may be the relay's gives reason for. */
const ofRelayClients =
  (look: (client: ClientFacts, expected: TenantExpectations) => Omit<Sighting, 'subject'> | undefined) =>
  ({ clients }: Pick<TenantFacts, 'clients'>, expected: TenantExpectations): readonly Sighting[] =>
    clientsMeant(clients, expected.relayClient).flatMap((client) => {
      const seen = look(client, expected);
      return seen === undefined ? [] : { subject: client.name, ...seen };
    });

const usesKey = ({ client_authentication_methods: methods }: ClientFacts): boolean =>
  methods?.private_key_jwt !== undefined && methods.private_key_jwt !== null;
const usesSecret = ({ token_endpoint_auth_method: method }: ClientFacts): boolean =>
  method === 'client_secret_post' || method === 'client_secret_basic';

/** The machine-to-machine client that reads IdP tokens. */
export const relayClientChecks = [
  defineCheck({
    code: 'relay_client_missing',
    severity: 'error',
    title: 'The client that reads IdP tokens is not there, or not the only one of its name.',
    needs: ['clients'],
    examine: ({ clients }, { relayClient, deployCommand }) => {
      const { length } = clientsMeant(clients, relayClient);
      return length === 1
        ? []
        : [
            {
              subject: relayClient.name,
              evidence: countMeant(clients, relayClient),
              fix:
                length === 0
                  ? `Run ${deployCommand}, and set AUTH0_CLIENT_ID of the relay to what it says.`
                  : `Applications: rename or delete all but the one whose id is the relay’s AUTH0_CLIENT_ID.`,
            },
          ];
    },
  }),
  defineCheck({
    code: 'relay_client_type_wrong',
    severity: 'error',
    title: 'The relay’s client is not a machine-to-machine client.',
    needs: ['clients'],
    examine: ofRelayClients((client, { deployCommand }) =>
      client.app_type === 'non_interactive'
        ? undefined
        : {
            evidence: `app_type: ${client.app_type ?? 'none'}`,
            fix: `Run ${deployCommand}: tenant.yaml has app_type: non_interactive.`,
          },
    ),
  }),
  defineCheck({
    code: 'relay_client_cannot_get_tokens',
    severity: 'error',
    title: 'The relay’s client may not use client credentials, so it gets no token for the Management API.',
    needs: ['clients'],
    examine: ofRelayClients((client, { deployCommand }) =>
      client.grant_types.includes('client_credentials')
        ? undefined
        : {
            evidence: `grant_types: ${listed(client.grant_types)}`,
            fix: `Run ${deployCommand}: tenant.yaml has grant_types: [client_credentials].`,
          },
    ),
  }),
  defineCheck({
    code: 'relay_client_grant_types_exceed',
    severity: 'warning',
    title: 'The relay’s client may use grant types that it does not need.',
    needs: ['clients'],
    examine: ofRelayClients((client, { deployCommand }) => {
      const unneeded = without(client.grant_types, ['client_credentials']);
      return unneeded.length === 0
        ? undefined
        : {
            evidence: `grant_types besides client_credentials: ${listed(unneeded)}`,
            fix: `Run ${deployCommand}: tenant.yaml has grant_types: [client_credentials].`,
          };
    }),
  }),
  defineCheck({
    code: 'relay_client_authentication_unsuitable',
    severity: 'error',
    title: 'The relay’s client does not prove who it is, or in a way that the relay cannot.',
    needs: ['clients'],
    documentation: 'get-started/applications/configure-private-key-jwt',
    examine: ofRelayClients((client, { deployCommand }) =>
      usesKey(client) || usesSecret(client)
        ? undefined
        : {
            evidence: `token_endpoint_auth_method: ${client.token_endpoint_auth_method ?? 'none set'}`,
            fix: `Run ${deployCommand}: tenant.yaml has token_endpoint_auth_method: client_secret_post. Then rotate the client’s secret.`,
          },
    ),
  }),
  defineCheck({
    code: 'relay_client_uses_secret',
    severity: 'note',
    title: 'The relay’s client proves who it is by a shared secret; a private key would be better.',
    needs: ['clients'],
    documentation: 'get-started/applications/configure-private-key-jwt',
    examine: ofRelayClients((client) =>
      usesKey(client) || !usesSecret(client)
        ? undefined
        : {
            evidence: `token_endpoint_auth_method: ${client.token_endpoint_auth_method ?? ''}`,
            fix: `Applications → ${client.name} → Credentials: choose Private Key JWT, add the public key, and set AUTH0_PRIVATE_KEY_FILE instead of AUTH0_CLIENT_SECRET.`,
          },
    ),
  }),
];
