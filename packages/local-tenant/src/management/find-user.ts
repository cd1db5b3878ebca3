import { z } from 'zod';
import type { TenantState, User } from '../state/tenant-state.ts';
import { ManagementError, notFound } from './management-error.ts';

const UserPath = z.object({ id: z.string() });

/**
 * The user that a path names.
 * @throws {ManagementError} 400 for what is no user id, 404 for nobody's
 */
export function findUser(state: TenantState, params: unknown): User {
  const { id } = UserPath.parse(params);
  if (!id.includes('|')) {
    throw new ManagementError(400, `Object didn't pass validation for format user-id: ${id}`, 'invalid_uri');
  }
  const user = state.users.find(({ user_id }) => user_id === id);
  if (user === undefined) throw notFound('user', 'inexistent_user');
  return user;
}
