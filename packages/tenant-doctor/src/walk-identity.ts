import type { JudgedIdentity } from './facts/judged-user.ts';
import type { Examination } from './finding.ts';

/** One step on the way from an identity to its token. */
export interface Step {
  /** The check that answers it; none for what the catalogue and the profile say. */
  readonly check?: string;
  /**
   * - `fine`: nothing stands in the way here
   * - `in_the_way`: this keeps a token from being there, or from being renewed
   * - `not_made`: the check could not be made
   */
  readonly outcome: 'fine' | 'in_the_way' | 'not_made';
  /** In one line. */
  readonly text: string;
}

/** The checks on the way, in order, and what it means that one found nothing. */
const stations: readonly (readonly [check: string, whenFine: string])[] = [
  ['relay_grant_missing', 'The relay’s client has a grant on the Management API.'],
  ['relay_grant_lacks_scope', 'The grant has read:users and read:user_idp_tokens.'],
  ['connection_strategy_unknown', 'The connection’s strategy is known.'],
  ['connection_without_client', 'The connection is enabled for a client.'],
  ['connection_developer_keys', 'The connection has its own client at the IdP.'],
  ['connection_keeps_tokens_out', 'No option of the connection keeps access tokens out.'],
  ['connection_tokens_bound', 'Tokens are not bound to a key at Auth0.'],
  ['connection_vault_not_configured', 'Tenant and relay agree on where tokens are kept.'],
  ['connection_vault_off', 'Token Vault is on if the relay looks there.'],
  [
    'connection_offline_access_not_asked',
    'The connection asks for offline access, or its IdP wants none asked for.',
  ],
  ['connection_keeps_refresh_tokens_out', 'No option of the connection keeps refresh tokens out.'],
  ['connection_renewal_client_missing', 'The relay knows the client to renew with, or need not.'],
  ['connection_renewal_client_differs', 'The relay would not renew as another client.'],
];

/** Walks from an identity to its token, by what the checks came to. A strategy without tokens ends the walk at once. */
export function walkIdentity(
  { connection, entry, provider, hasAccessToken, hasRefreshToken }: JudgedIdentity,
  { findings, notMade }: Examination,
): readonly Step[] {
  if (entry?.issuesToken === 'never' || (entry?.kind === 'database' && !hasAccessToken)) {
    return [
      {
        outcome: 'in_the_way',
        text: `Connections of the strategy ${provider} give no OAuth token; none is to be had.`,
      },
    ];
  }
  const steps = stations.map(([check, whenFine]): Step => {
    const found = findings.find(
      ({ code, subject }) => code === check && (subject === connection || check.startsWith('relay_grant_')),
    );
    if (found !== undefined)
      return { check, outcome: 'in_the_way', text: `${found.title} (${found.evidence})` };
    const gap = notMade.find((one) => one.check === check);
    return gap === undefined
      ? { check, outcome: 'fine', text: whenFine }
      : { check, outcome: 'not_made', text: `${check}: not looked at, since ${gap.reason}.` };
  });
  return [
    ...steps,
    hasAccessToken
      ? {
          outcome: 'fine',
          text: `Auth0 holds an access token${hasRefreshToken ? ' and a refresh token' : ', and no refresh token'}.`,
        }
      : { outcome: 'in_the_way', text: 'Auth0 holds no access token for this identity.' },
  ];
}
