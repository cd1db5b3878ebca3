import { z } from 'zod/mini';

/**
 * A text in an address. The router takes `?q=1001` for a number and `?q=true` for a yes; whoever wrote it meant the letters. A number
 * too large to be exact is no text any more: the letters are lost.
 */
export const TypedText = z.pipe(z.union([z.string(), z.int(), z.boolean()]), z.transform(String));
