import { z } from 'zod';

/** A century. Who says more means "never" or nothing, and no date could be worked out from it. Seconds. */
const longest = 100 * 365.25 * 24 * 3_600;

/**
 * A token's `expires_in`, as IdPs send it and Auth0 keeps it: a number of seconds, sometimes as a text.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-5.1
 */
export const LifetimeSeconds = z.coerce.number().nonnegative().max(longest);
