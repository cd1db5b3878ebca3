/** One of the permissions of the relay's API, which tenant.yaml defines and describes. */
export type Permission = 'call:idp' | 'call:idp_for_users' | 'inspect:identities';
