import { z } from 'zod';

/** The strategies that a sample IdP stands for. */
export const SampleIdpStrategy = z.enum([
  'github',
  'google-oauth2',
  'facebook',
  'windowslive',
  'bitbucket',
  'exact',
]);
export type SampleIdpStrategy = z.infer<typeof SampleIdpStrategy>;

/** A person's account at one sample IdP. */
export const SampleAccount = z.object({
  strategy: SampleIdpStrategy,
  /** The IdP's own user id: what Auth0 writes after the `|`. */
  id: z.string(),
  /** What is typed at the IdP's login page. */
  login: z.string(),
  /** In clear: nobody real signs in here. */
  password: z.string(),
  name: z.string(),
  email: z.string(),
});
export type SampleAccount = z.infer<typeof SampleAccount>;

/** One access token that a sample IdP gave out, with the refresh token of its grant. */
export const SampleIdpToken = z.object({
  strategy: SampleIdpStrategy,
  accountId: z.string(),
  clientId: z.string(),
  accessToken: z.string(),
  /** Absent: offline access was not asked for, or this IdP has no refresh tokens. */
  refreshToken: z.string().optional(),
  /** All tokens that come from one login share a family; reuse of a rotated refresh token ends it (RFC 9700 4.14.2). */
  family: z.string(),
  scope: z.array(z.string()),
  /** What the refresh token stands for, where this access token has less of it. */
  grantScope: z.array(z.string()).optional(),
  /** Milliseconds since the epoch. */
  issuedAt: z.number(),
  /** Milliseconds since the epoch; absent: does not end. */
  expiresAt: z.number().optional(),
  revoked: z.boolean(),
  /** The refresh token was exchanged for a newer one. */
  refreshTokenUsed: z.boolean(),
});
export type SampleIdpToken = z.infer<typeof SampleIdpToken>;

/** What the sample IdPs keep. */
export const SampleIdpState = z.object({
  accounts: z.array(SampleAccount),
  tokens: z.array(SampleIdpToken),
});
export type SampleIdpState = z.infer<typeof SampleIdpState>;
