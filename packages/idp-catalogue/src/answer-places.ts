import { z } from 'zod';
import { jsonPointer, scalar } from './response-schema.ts';

/** Where in an answer a fact stands: in a header or in the JSON body. */
const place = {
  header: z.string().optional(),
  /** RFC 6901, with `*` for every item of a list. */
  jsonPointer: jsonPointer.optional(),
};

/** Where an answer names the token's scopes. */
export const scopesFrom = z.strictObject({
  ...place,
  /** Between scopes of one text; absent for lists. */
  separator: z.string().optional(),
  /** Items of a list count only when they have these fields. */
  where: z.record(z.string(), scalar).optional(),
});
export type ScopesFrom = z.infer<typeof scopesFrom>;

/** Where an answer names the token's end. */
export const expiresFrom = z.strictObject({
  ...place,
  unit: z.enum(['secondsFromNow', 'epochSeconds', 'epochMilliseconds', 'dateTime']),
});
export type ExpiresFrom = z.infer<typeof expiresFrom>;
