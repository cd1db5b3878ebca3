/** The permissions of the relay's API, which tenant.yaml defines, and what each is for. */
export const permissions = {
  'call:idp': 'Call an IdP as oneself',
  'call:idp_for_users': 'Call an IdP as any user (backends)',
  'inspect:identities': 'See the verdicts of any user’s identities, and probe them',
  'revoke:identities': 'Revoke the IdP token of any user’s identity',
} as const;

/** One of the permissions of the relay's API. */
export type Permission = keyof typeof permissions;
