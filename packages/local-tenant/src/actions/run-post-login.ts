import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject } from '../logs/log-subject.ts';
import type { User } from '../state/tenant-state.ts';
import { deployedVersion } from './action-state.ts';
import type { BoundAction, Execution } from './action-runtime.ts';
import { createPostLoginEvent, type PostLogin } from './post-login-event.ts';
import { postLoginTrigger } from './post-login-trigger.ts';
import type { SandboxCommand } from './sandbox/sandbox-messages.ts';
import { noCustomization, readCustomization, type TokenCustomization } from './token-customization.ts';

/** What post-login Actions make of a login: changed tokens, or a refusal by `access_denied`. */
export type PostLoginOutcome =
  | { readonly ok: true; readonly customization: TokenCustomization; readonly executions: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly executions: readonly string[] };

/**
 * Runs the Actions bound to post-login. One that throws or runs out of time fails the login by its error, as in Auth0;
 * metadata is kept even where access is denied.
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger
 */
export async function runPostLogin(context: LocalTenantContext, login: PostLogin): Promise<PostLoginOutcome> {
  const bound = boundActions(context);
  if (bound.length === 0) return { ok: true, customization: noCustomization, executions: [] };
  const event = createPostLoginEvent(context, login);
  const execution = await context.actions.execute(postLoginTrigger.id, bound, event);
  const executions = [execution.id];
  const failed = execution.results.find(({ error }) => error !== undefined);
  if (failed?.error !== undefined) {
    logFailure(context, login, execution, failed);
    return { ok: false, reason: failed.error.message, executions };
  }
  keepMetadata(login.user, execution.commands);
  context.database.save();
  const denial = execution.commands.find((command) => command.type === 'access.deny');
  return denial === undefined
    ? { ok: true, customization: readCustomization(execution.commands), executions }
    : { ok: false, reason: denial.reason, executions };
}

function boundActions({ database: { state } }: LocalTenantContext): BoundAction[] {
  return state.actionBindings
    .filter(({ trigger_id: id }) => id === postLoginTrigger.id)
    .flatMap((binding) => {
      const action = state.actions.find(({ id }) => id === binding.action_id);
      const version = action && deployedVersion(action);
      return action === undefined || version === undefined ? [] : [{ binding, action, version }];
    });
}

/** Top-level keys are set, or taken away by null. */
function keepMetadata(user: User, commands: readonly SandboxCommand[]): void {
  for (const command of commands) {
    if (command.type === 'user.setAppMetadata')
      user.app_metadata = changed(user.app_metadata, command.key, command.value);
    else if (command.type === 'user.setUserMetadata')
      user.user_metadata = changed(user.user_metadata, command.key, command.value);
  }
}

function changed(
  metadata: Readonly<Record<string, unknown>> = {},
  key: string,
  value: unknown,
): Record<string, unknown> {
  const others = Object.entries(metadata).filter(([name]) => name !== key);
  return Object.fromEntries(value === null ? others : [...others, [key, value]]);
}

function logFailure(
  context: LocalTenantContext,
  login: PostLogin,
  execution: Execution,
  { bound, error }: Execution['results'][number],
): void {
  context.logs.record({
    type: 'actions_execution_failed',
    description: error?.message ?? '',
    ...logSubject(context, login),
    details: {
      trigger_id: execution.trigger_id,
      execution_id: execution.id,
      action_id: bound.action.id,
      action_name: bound.action.name,
      version_id: bound.version.id,
      binding_id: bound.binding.id,
      error_class: error?.name === 'TimeoutError' ? 'action_timeout' : 'action_error',
      action_error: { code: error?.name, stack: '', ...error },
    },
  });
}
