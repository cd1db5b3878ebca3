import { z } from 'zod';
import type { Action } from '../actions/action-state.ts';
import type { TenantState } from '../state/tenant-state.ts';
import { notFound } from './management-error.ts';

const ActionPath = z.object({ id: z.string() });

/**
 * The Action that a path names.
 * @throws {ManagementError} 404
 */
export function findAction(state: TenantState, params: unknown): Action {
  const { id } = ActionPath.parse(params);
  const action = state.actions.find((candidate) => candidate.id === id);
  if (action === undefined) throw notFound('action', 'inexistent_action');
  return action;
}
