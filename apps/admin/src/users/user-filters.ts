import { z } from 'zod/mini';
import { TypedText } from '../typed-text.ts';
import { verdictStates } from '../verdict/verdict-words.ts';

/** Auth0 searches no further than its first 1000 users: 20 pages of 50. */
export const usersPerPage = 50;
export const lastPage = 20;

/** What the address of the users' page says. A value that makes no sense counts as left out. */
export const UserFilters = z.object({
  /** What was typed. */
  q: z.catch(z.optional(TypedText), undefined),
  connection: z.catch(z.optional(z.string()), undefined),
  state: z.catch(z.optional(z.enum(verdictStates)), undefined),
  /** Counted from 1, as people do. */
  page: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(lastPage))), undefined),
});
export type UserFilters = z.infer<typeof UserFilters>;

/** True where the list is narrowed down in any way. */
export function isFiltered({ q, connection, state }: UserFilters): boolean {
  return [q, connection, state].some((value) => value !== undefined && value !== '');
}
