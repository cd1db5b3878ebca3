import { z } from 'zod';

/** The IdP tokens of one account of one user, as Token Vault keeps them. Nothing but a token exchange gives them out. */
export const VaultedTokens = z.object({
  user_id: z.string(),
  connection: z.string(),
  /** The IdP's own user id: what `login_hint` of an exchange names. */
  idp_user_id: z.string(),
  access_token: z.string(),
  /** Absent: offline access was not asked for. */
  refresh_token: z.string().optional(),
  /** Milliseconds since the epoch; absent: the IdP named no end. */
  expires_at: z.number().optional(),
  scope: z.array(z.string()),
});
export type VaultedTokens = z.infer<typeof VaultedTokens>;
