import { defineCheck } from '../check.ts';
import { listed } from '../named.ts';

/** Whether the operators' file speaks of clients that are there. */
export const policyChecks = [
  defineCheck({
    code: 'policy_client_unknown',
    severity: 'warning',
    title: 'The operators’ file names a client id that the tenant does not have: its rules let nobody call.',
    needs: ['clients', 'configuration'],
    examine: ({ clients, configuration }) =>
      Object.entries(configuration.clients)
        .filter(([, id]) => !clients.some(({ client_id: known }) => known === id))
        .map(([name, id]) => ({
          subject: name,
          evidence: `clients.${name}: ${id}; the tenant’s ${clients.length} clients have other ids`,
          fix: `Operators’ file: clients.${name}: the id of the app in this tenant (Applications → the app → Client ID).`,
        })),
  }),
  defineCheck({
    code: 'sign_in_callback_missing',
    severity: 'error',
    title: 'The dashboard’s sign-in links end at an address that their client may not use.',
    needs: ['clients', 'configuration'],
    documentation: 'authenticate/login/redirect-users-after-login',
    examine: ({ clients, configuration: { signIn } }) => {
      const client = clients.find(({ client_id: id }) => id === signIn?.clientId);
      return signIn === undefined ||
        client === undefined ||
        (client.callbacks ?? []).includes(signIn.redirectUri)
        ? []
        : [
            {
              subject: client.name,
              evidence: `callbacks: ${listed(client.callbacks ?? [])}; sign_in.redirect_uri: ${signIn.redirectUri}`,
              fix: `Applications → ${client.name} → Settings → Allowed Callback URLs: add ${signIn.redirectUri}.`,
            },
          ];
    },
  }),
];
