import { z } from 'zod/mini';
import { TypedText } from '../typed-text.ts';

/** What the address of the connections' page says. */
export const ConnectionFilters = z.object({
  /** What was typed. */
  q: z.catch(z.optional(TypedText), undefined),
});
export type ConnectionFilters = z.infer<typeof ConnectionFilters>;
