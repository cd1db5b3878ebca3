import type { LocalTenant } from '@idp-relay/local-tenant';

/** What somebody may do to a tenant by hand, or by another deployment. */
export const tenantChanges: Readonly<Record<string, (state: LocalTenant['database']['state']) => void>> = {
  'a grant is taken away': (state) => {
    const relay = state.clients.find(({ name }) => name === 'IdP Relay API');
    state.clientGrants = state.clientGrants.filter(({ client_id }) => client_id !== relay?.client_id);
  },
  'a grant loses a scope': ({ clientGrants }) => {
    for (const grant of clientGrants) grant.scope = grant.scope.filter((one) => one !== 'call:idp_for_users');
  },
  'role-based access control is off': ({ resourceServers }) => {
    for (const server of resourceServers) if (server.name === 'IdP Relay') server.enforce_policies = false;
  },
  'callbacks are others': ({ clients }) => {
    for (const client of clients)
      if (client.name === 'Sample Product App') client.callbacks = ['https://other.example'];
  },
  'the worker may ask for more of Token Vault': ({ clients }) => {
    for (const client of clients)
      if (client.name === 'IdP Relay Token Vault Worker')
        Object.assign(client, { token_vault_privileged_access: { ip_allowlist: ['0.0.0.0/0'] } });
  },
  'the worker’s key no longer counts': ({ clients }) => {
    for (const client of clients)
      if (client.name === 'IdP Relay Token Vault Worker')
        Object.assign(client, { client_authentication_methods: null });
  },
  'a role loses its permissions': ({ roles }) => {
    for (const role of roles) if (role.name === 'IdP Relay User') role.permissions = [];
  },
  'a role is gone': (state) => {
    state.roles = state.roles.filter(({ name }) => name !== 'IdP Relay Auditor');
  },
  'the Action is unbound': (state) => {
    state.actionBindings = state.actionBindings.filter(({ display_name: name }) => name !== 'IdP Relay');
  },
  'another version of the Action runs': ({ actions }) => {
    for (const { name, versions } of actions)
      if (name === 'IdP Relay') for (const version of versions) version.code = 'exports.other = 1;';
  },
  'the Action has a draft': ({ actions }) => {
    for (const action of actions) if (action.name === 'IdP Relay') action.all_changes_deployed = false;
  },
  'the Action lacks a secret': ({ actions }) => {
    for (const { name, versions } of actions)
      if (name === 'IdP Relay') for (const { secrets } of versions) secrets.pop();
  },
  'the log stream sends to another address': ({ logStreams }) => {
    for (const stream of logStreams)
      if (stream.name === 'IdP Relay') stream.sink.httpEndpoint = 'https://other.example';
  },
  'the log stream brings another token': ({ logStreams }) => {
    for (const stream of logStreams)
      if (stream.name === 'IdP Relay') stream.sink.httpAuthorization = 'Bearer another';
  },
  'the log stream leaves events out': ({ logStreams }) => {
    for (const stream of logStreams) if (stream.name === 'IdP Relay') stream.filters?.pop();
  },
  'the log stream is gone': (state) => {
    state.logStreams = state.logStreams.filter(({ name }) => name !== 'IdP Relay');
  },
};
