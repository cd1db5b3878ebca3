/** What every deployment of tenant.yaml brings, whatever its environment says. */
export const deployed = {
  relayClient: 'IdP Relay API',
  dashboardClient: 'IdP Relay Dashboard',
  logStream: 'IdP Relay',
  /** Life of the relay's access tokens, in seconds. */
  tokenLifetimeSeconds: 3600,
  /** Permissions of the relay's API by role. */
  roles: [
    { name: 'IdP Relay Operator', permissions: ['inspect:identities', 'revoke:identities'] },
    { name: 'IdP Relay Auditor', permissions: ['inspect:identities'] },
    { name: 'IdP Relay User', permissions: ['call:idp'] },
  ],
  /** The permission that opens the dashboard. */
  operatorPermission: 'inspect:identities',
} as const;
