/** The post-login Action as it stands in a tenant, but for its code and the values of its secrets. */
export const postLoginAction = {
  name: 'IdP Relay',
  trigger: { id: 'post-login', version: 'v3' },
  /** Auth0's runtime for Actions. */
  runtime: 'node22',
  /** Names of what the Action reads of `event.secrets`. */
  secrets: ['RELAY_URL', 'RELAY_AUDIENCE', 'NOTICE_SECRET'],
} as const;
