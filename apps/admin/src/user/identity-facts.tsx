import { Badge, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Facts, type Fact } from '../facts.tsx';
import { describeSeconds } from '../time/duration.ts';
import { Moment } from '../time/moment.tsx';
import type { InspectedIdentity } from './user-query.ts';

type Verdict = InspectedIdentity['verdict'];

const sources: Readonly<Record<Verdict['source'], string>> = {
  auth0_profile: 'The user’s profile in Auth0',
  renewal: 'A renewal by the relay',
  token_vault: 'Token Vault',
  operator: 'An operator of the relay',
  idp_answer: 'An answer of the IdP to a relayed call',
  probe: 'A check at the IdP',
  catalogue: 'What is known of the strategy',
  configuration: 'The relay’s configuration',
};

/** The facts that led to the verdict. */
export function IdentityFacts({ identity: { verdict } }: { readonly identity: InspectedIdentity }) {
  const { evidence } = verdict;
  const facts: Fact[] = [
    ...(hasToken(verdict)
      ? [
          {
            name: 'Granted scopes',
            value: describeScopes(evidence.granted_scopes, 'Not known until a check'),
          },
          ...(evidence.lacking_scopes !== undefined && evidence.lacking_scopes.length > 0
            ? [{ name: 'Lacking scopes', value: describeScopes(evidence.lacking_scopes, '') }]
            : []),
          describeObtained(evidence),
          { name: 'Ends', value: describeEnd(verdict) },
          {
            name: 'Refresh token',
            value: evidence.has_refresh_token ? 'Stored' : 'None is stored',
          },
          ...(evidence.next_renewal_at === undefined
            ? []
            : [{ name: 'Next renewal', value: <Moment iso={evidence.next_renewal_at} /> }]),
        ]
      : []),
    {
      name: 'Last check',
      value: isFromIdp(verdict) ? <LastAnswer verdict={verdict} /> : 'Not checked at the IdP yet',
    },
    {
      name: 'Source of this',
      value: (
        <>
          {sources[verdict.source]}, <Moment iso={verdict.observed_at} />
        </>
      ),
    },
  ];
  return <Facts facts={facts} />;
}

/** True where there is, or was, a token to say something about. */
function hasToken({ state }: Verdict): boolean {
  return !['missing', 'not_applicable', 'in_token_vault'].includes(state);
}

function isFromIdp({ source }: Verdict): boolean {
  return source === 'probe' || source === 'idp_answer';
}

function LastAnswer({ verdict }: { readonly verdict: Verdict }) {
  const { idp_status: status } = verdict.evidence;
  return (
    <>
      <Moment iso={verdict.observed_at} />
      {status !== undefined && ` (the IdP answered ${status})`}
    </>
  );
}

/** The relay knows when it renewed; of Auth0's copy only the last login bounds it. */
function describeObtained({ renewed_at: renewedAt, last_login: lastLogin }: Verdict['evidence']): Fact {
  if (renewedAt !== undefined) return { name: 'Renewed by the relay', value: <Moment iso={renewedAt} /> };
  return {
    name: 'Obtained, at the latest',
    value: lastLogin === undefined ? 'Not known' : <Moment iso={lastLogin} />,
  };
}

function describeScopes(scopes: readonly string[] | undefined, otherwise: string): ReactNode {
  if (scopes === undefined || scopes.length === 0) return otherwise;
  return (
    <Group gap={4} component="span">
      {scopes.map((scope) => (
        <Badge
          key={scope}
          component="span"
          variant="default"
          tt="none"
          fw={500}
          h="auto"
          styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
        >
          {scope}
        </Badge>
      ))}
    </Group>
  );
}

function describeEnd({ evidence, reason }: Verdict): ReactNode {
  const { expires_at_latest: latest, expires_in_seconds: seconds, expiry_basis: basis } = evidence;
  if (latest !== undefined) {
    return (
      <>
        <Moment iso={latest} />
        {basis !== 'idp_answer' && basis !== 'renewal_answer' && ', at the latest (an estimate)'}
      </>
    );
  }
  if (reason === 'token_without_end') return 'Does not end by itself';
  return seconds === undefined ? 'Not known' : `${describeSeconds(seconds)} after an unknown login`;
}
