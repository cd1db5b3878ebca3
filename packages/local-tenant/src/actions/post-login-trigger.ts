/**
 * The one trigger that this tenant runs. An Action for another would be kept and never run, so none is taken.
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger
 */
export const postLoginTrigger = {
  id: 'post-login',
  version: 'v3',
  status: 'CURRENT',
  runtimes: ['node12', 'node16', 'node18', 'node18-actions', 'node22'],
  default_runtime: 'node22',
  binding_policy: 'trigger-bound',
  compatible_triggers: [],
} as const;
