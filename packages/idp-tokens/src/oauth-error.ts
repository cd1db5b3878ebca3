import { z } from 'zod';

/**
 * An error answer of a token endpoint. Only what looks like an error code is one: servers have been seen to repeat what they
 * were sent, secrets and all, and codes are shown and logged.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-5.2
 */
export const OAuthErrorAnswer = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) });
