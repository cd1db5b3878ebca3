import { z } from 'zod/mini';

/** What the address of the connections' page says. */
export const ConnectionFilters = z.object({
  /** What was typed. */
  q: z.catch(z.optional(z.string()), undefined),
});
export type ConnectionFilters = z.infer<typeof ConnectionFilters>;
