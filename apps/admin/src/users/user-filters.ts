import { z } from 'zod/mini';
import { verdictStates } from '../verdict/verdict-words.ts';

/** What the address of the users' page says. A value that makes no sense counts as left out. */
export const UserFilters = z.object({
  /** What was typed. */
  q: z.catch(z.optional(z.string()), undefined),
  connection: z.catch(z.optional(z.string()), undefined),
  state: z.catch(z.optional(z.enum(verdictStates)), undefined),
  /** Counted from 1, as people do. */
  page: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(20))), undefined),
});
export type UserFilters = z.infer<typeof UserFilters>;

/** True where the list is narrowed down in any way. */
export function isFiltered({ q, connection, state }: UserFilters): boolean {
  return [q, connection, state].some((value) => value !== undefined && value !== '');
}
