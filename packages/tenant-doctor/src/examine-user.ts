import type { Verdict } from '@idp-relay/idp-tokens';
import { runChecks } from './check.ts';
import { allUserChecks } from './checks/all-checks.ts';
import type { TenantExpectations } from './expectations.ts';
import { FactUnavailableError } from './facts/fact-unavailable-error.ts';
import { factSources } from './facts/fact-sources.ts';
import type { JudgedIdentity } from './facts/judged-user.ts';
import type { TenantReader } from './facts/tenant-reader.ts';
import type { Examination } from './finding.ts';
import type { Question } from './question.ts';
import { walkIdentity, type Step } from './walk-identity.ts';

/** One identity, what Auth0 holds for it, and why. Holds no token. */
export interface ExaminedIdentity {
  readonly connection: string;
  readonly provider: string;
  readonly idpUserId: string;
  readonly primary: boolean;
  /** Auth0 holds an access token for it. */
  readonly hasAccessToken: boolean;
  readonly hasRefreshToken: boolean;
  /** The relay's verdict on what Auth0 holds; what the relay renewed itself is not seen from here. */
  readonly verdict: Verdict;
  /** From the identity to its token, step by step. */
  readonly walk: readonly Step[];
}

/** What the examination of one user came to. */
export interface UserExamination extends Examination {
  readonly userId: string;
  /** In the tenant's order; left out where it could not be read. */
  readonly identities?: readonly ExaminedIdentity[];
}

/**
 * Explains a user's identities one by one: what Auth0 holds for each, and what stands in the way of a token. Only reads.
 * @throws ManagementCredentialsRefusedError, ManagementRateLimitedError, ManagementUnavailableError
 */
export async function examineUser(
  tenant: TenantReader,
  expected: TenantExpectations,
  userId: string,
): Promise<UserExamination> {
  const judged = await readIdentities(tenant, { expected, userId });
  const connections = [...new Set(judged?.map(({ connection }) => connection))];
  const examination = await runChecks(tenant, { expected, userId, connections }, allUserChecks);
  return {
    ...examination,
    userId,
    ...(judged && {
      identities: judged.map(({ entry, ...identity }) => ({
        ...identity,
        walk: walkIdentity({ entry, ...identity }, examination),
      })),
    }),
  };
}

async function readIdentities(
  tenant: TenantReader,
  question: Question,
): Promise<readonly JudgedIdentity[] | undefined> {
  try {
    return await factSources.identities.read(tenant, question);
  } catch (error) {
    if (error instanceof FactUnavailableError) return undefined;
    throw error;
  }
}
