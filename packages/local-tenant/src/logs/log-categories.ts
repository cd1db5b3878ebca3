/**
 * The categories that log streams filter by, with the type codes that this tenant writes. Codes of no category count as
 * `other`, as in Auth0.
 * @see https://auth0.com/docs/customize/log-streams/event-filters
 */
const codes = {
  'auth.login.fail': ['f', 'fp', 'fu'],
  'auth.login.notification': [],
  'auth.login.success': ['s'],
  'auth.logout.fail': ['flo'],
  'auth.logout.success': ['slo'],
  'auth.signup.fail': [],
  'auth.signup.success': ['ss'],
  'auth.silent_auth.fail': ['fsa'],
  'auth.silent_auth.success': ['ssa'],
  'auth.token_exchange.fail': ['feacft', 'feccft', 'fepft', 'ferrt', 'fertft', 'feta'],
  'auth.token_exchange.success': ['seacft', 'seccft', 'sepft', 'sertft', 'seta'],
  'management.fail': [],
  'management.success': ['sapi', 'mgmt_api_read'],
  'scim.event': [],
  'system.notification': [],
  'user.fail': [],
  'user.notification': [],
  'user.success': ['sdu'],
  actions: ['actions_execution_failed'],
  other: [],
} as const satisfies Record<string, readonly string[]>;

/** Names of all categories. */
export const logCategories = Object.keys(codes);

/** The category of a type code. */
export function categoryOf(type: string): string {
  return Object.entries<readonly string[]>(codes).find(([, types]) => types.includes(type))?.[0] ?? 'other';
}
