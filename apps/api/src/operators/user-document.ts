import type { UserReport } from '@idp-relay/idp-tokens';
import { z } from 'zod';

/** A user as operators see one in lists and at the head of a page. Names and addresses are untrusted text. */
export const UserDocument = z
  .object({
    user_id: z.string(),
    name: z.string().optional(),
    email: z.string().optional(),
    blocked: z
      .boolean()
      .describe('The tenant lets a blocked user do nothing, and nothing is relayed for them'),
    last_login: z.iso.datetime().optional().describe('Last login through any identity of the user'),
  })
  .meta({ id: 'User' });

/** Writes a user in the API's own spelling. */
export function toUserDocument(user: UserReport): z.input<typeof UserDocument> {
  return {
    user_id: user.userId,
    name: user.name,
    email: user.email,
    blocked: user.blocked,
    last_login: user.lastLogin === undefined ? undefined : new Date(user.lastLogin).toISOString(),
  };
}
