/** The permissions of the relay's API, as the tenant's files define them. */
export const permissions = {
  'call:idp': 'Call an IdP as oneself',
  'call:idp_for_users': 'Call an IdP as any user (backends)',
  'inspect:identities': 'See the verdicts of any user’s identities, and probe them',
} as const;

/** One permission. */
export type Permission = keyof typeof permissions;
