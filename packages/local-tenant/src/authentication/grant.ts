import { z } from 'zod';
import type { LoginRequest } from '../actions/login-request.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';

/** The parameters of the token endpoint that the grants read; authenticating the client has its own. */
export const TokenRequest = z.object({
  grant_type: z.string(),
  audience: z.string().min(1).optional(),
  scope: z.string().optional(),
  code: z.string().default(''),
  code_verifier: z.string().optional(),
  redirect_uri: z.string().optional(),
  refresh_token: z.string().default(''),
  username: z.string().default(''),
  password: z.string().default(''),
  subject_token: z.string().default(''),
  subject_token_type: z.string().default(''),
  requested_token_type: z.string().default(''),
  connection: z.string().default(''),
  login_hint: z.string().min(1).optional(),
});
export type TokenRequest = z.infer<typeof TokenRequest>;

/** What the log event of an exchange tells besides the request; grants write down what they learn. */
export interface LearnedOfExchange {
  user?: User;
  /** Name of the connection that the user signed in through. */
  connection?: string | undefined;
  audience?: string | undefined;
  /** Ids of the executions of Actions. */
  executions?: readonly string[];
  /** Of a refresh token that was used after it had been rotated away: its place among those of one login. */
  reuse?: { readonly familyId: string; readonly tokenCounter: number; readonly latestCounter: number };
  /** Why a privileged worker asked Token Vault. */
  auditContext?: string;
}

/** What every grant gets to work with. */
export interface GrantContext {
  readonly context: LocalTenantContext;
  /** Origin of the tenant that was asked, and its issuer. */
  readonly origin: string;
  readonly issuer: string;
  readonly client: Client;
  readonly body: TokenRequest;
  /** What Actions and logs are told of the request. */
  readonly request: LoginRequest;
  readonly learned: LearnedOfExchange;
}

/** What a grant answers; `token_type` comes with every answer. */
export interface GrantAnswer {
  readonly access_token: string;
  /** Seconds; absent: no end is known. */
  readonly expires_in?: number;
  readonly scope?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  /** Of a token exchange (RFC 8693 section 2.2.1). */
  readonly issued_token_type?: string;
}

/** One way to get tokens. Throws AuthenticationError where it refuses. */
export type Grant = (context: GrantContext) => Promise<GrantAnswer>;

/** The single scopes of a `scope` parameter. */
export function splitScope(scope: string | undefined): string[] | undefined {
  return scope?.split(' ').filter((value) => value !== '');
}
