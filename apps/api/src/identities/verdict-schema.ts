import {
  introspectionFindings,
  verdictReasons,
  verdictSources,
  verdictStates,
  type IdentityReport,
  type Verdict,
} from '@idp-relay/idp-tokens';
import { z } from 'zod';

/** A verdict as the API answers it. The schema is a second net: a field that is not in it is dropped from every answer. */
export const VerdictDocument = z
  .object({
    state: z.enum(verdictStates),
    reason: z.enum(verdictReasons),
    callable: z.boolean().describe('Can a call be made right now'),
    detail: z.string().describe('The reason in plain words'),
    advice: z.string().describe('What to do; empty where nothing needs doing'),
    evidence: z.object({
      last_login: z.iso.datetime().optional().describe('Last login through any identity of the user'),
      expires_in_seconds: z.number().optional().describe('As the IdP said at an unstated login'),
      expires_at_latest: z.iso.datetime().optional().describe('An estimate and an upper bound'),
      expiry_basis: z
        .enum([
          'expires_in_since_last_login',
          'usual_lifetime_since_last_login',
          'renewal_answer',
          'idp_answer',
        ])
        .optional(),
      has_refresh_token: z.boolean(),
      renewed_at: z.iso
        .datetime()
        .optional()
        .describe('The relay renewed the token itself; else it is Auth0’s copy'),
      next_renewal_at: z.iso.datetime().optional().describe('No renewal is tried before'),
      granted_scopes: z.array(z.string()).optional(),
      lacking_scopes: z.array(z.string()).optional(),
      idp_status: z.number().int().optional(),
      introspection: z
        .enum(introspectionFindings)
        .optional()
        .describe(
          'What the IdP said when it was asked about the token in the name of the connection’s client; client_refused ' +
            'means that client, not the token',
        ),
    }),
    observed_at: z.iso.datetime(),
    source: z.enum(verdictSources),
  })
  .meta({ id: 'Verdict', description: 'What is known of one identity’s IdP token' });

/** An identity as the API answers it. */
export const IdentityDocument = z
  .object({
    connection: z.string(),
    provider: z.string().describe('The connection’s strategy'),
    idp_user_id: z.string(),
    is_social: z.boolean(),
    primary: z.boolean().describe('False for identities that were linked'),
    display_name: z.string().optional().describe('Name of the IdP, where it is known'),
    api_base_urls: z.array(z.string()).describe('Where calls may go, the default first'),
    verdict: VerdictDocument,
  })
  .meta({ id: 'Identity' });

/** Writes a verdict in the API's own spelling. */
export function toVerdictDocument(verdict: Verdict): z.input<typeof VerdictDocument> {
  const { evidence } = verdict;
  return {
    state: verdict.state,
    reason: verdict.reason,
    callable: verdict.callable,
    detail: verdict.detail,
    advice: verdict.advice,
    evidence: {
      last_login: evidence.lastLogin,
      expires_in_seconds: evidence.expiresInSeconds,
      expires_at_latest: evidence.expiresAtLatest,
      expiry_basis: evidence.expiryBasis,
      has_refresh_token: evidence.hasRefreshToken,
      renewed_at: evidence.renewedAt,
      next_renewal_at: evidence.nextRenewalAt,
      granted_scopes: evidence.grantedScopes && [...evidence.grantedScopes],
      lacking_scopes: evidence.lackingScopes && [...evidence.lackingScopes],
      idp_status: evidence.idpStatus,
      introspection: evidence.introspection,
    },
    observed_at: verdict.observedAt,
    source: verdict.source,
  };
}

/** Writes an identity in the API's own spelling. */
export function toIdentityDocument(
  report: IdentityReport,
  entry: { readonly displayName: string; readonly apiBaseUrls: readonly string[] } | undefined,
): z.input<typeof IdentityDocument> {
  return {
    connection: report.connection,
    provider: report.provider,
    idp_user_id: report.idpUserId,
    is_social: report.isSocial,
    primary: report.primary,
    display_name: entry?.displayName,
    api_base_urls: [...(entry?.apiBaseUrls ?? [])],
    verdict: toVerdictDocument(report.verdict),
  };
}
