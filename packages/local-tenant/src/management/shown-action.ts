import {
  deployedVersion,
  type Action,
  type ActionContent,
  type ActionVersion,
} from '../actions/action-state.ts';

/** An Action as the Management API shows it: of secrets, names and times alone. */
export function shownAction(action: Action): Record<string, unknown> {
  const version = deployedVersion(action);
  return {
    ...shownBase(action),
    ...shownContent(action),
    // Nothing is compiled or installed here, so a build is done at once.
    status: 'built',
    ...(version !== undefined && {
      built_at: version.created_at,
      deployed_version: shownVersion(action, version),
    }),
  };
}

/** A version of an Action. */
export function shownVersion(action: Action, version: ActionVersion): Record<string, unknown> {
  const { id, number, created_at: createdAt } = version;
  return {
    ...shownContent(version),
    id,
    action_id: action.id,
    action: shownBase(action),
    number,
    status: 'built',
    deployed: id === action.deployed_version_id,
    supported_triggers: action.supported_triggers,
    created_at: createdAt,
    built_at: createdAt,
    updated_at: createdAt,
  };
}

function shownBase(action: Action) {
  const { id, name, supported_triggers, created_at, updated_at, all_changes_deployed } = action;
  return { id, name, supported_triggers, created_at, updated_at, all_changes_deployed };
}

function shownContent({ code, runtime, dependencies, secrets }: ActionContent) {
  return {
    code,
    runtime,
    dependencies,
    secrets: secrets.map(({ name, updated_at }) => ({ name, updated_at })),
  };
}
