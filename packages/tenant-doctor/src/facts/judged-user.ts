import {
  hasTokenEndpoint,
  judgeIdentity,
  type StoredIdentity,
  type UserProfile,
  type Verdict,
} from '@idp-relay/idp-tokens';
import type { Catalogue, CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';

/** A token that ends within this counts as about to end, as in the relay by default. Milliseconds. */
const marginMs = 300_000;

/** One identity of the user and the relay's verdict on it. Holds no token. */
export interface JudgedIdentity {
  readonly connection: string;
  readonly provider: string;
  readonly idpUserId: string;
  readonly primary: boolean;
  readonly hasAccessToken: boolean;
  readonly hasRefreshToken: boolean;
  readonly entry: CatalogueEntry | undefined;
  readonly verdict: Verdict;
}

/** What the judgement of a user's identities rests on, besides the profile. */
export interface JudgementGround {
  readonly catalogue: Catalogue;
  readonly configuration: RelayConfiguration | undefined;
  /** Whether a connection keeps its tokens in Token Vault, as the tenant says. */
  readonly isInTokenVault: (connection: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The relay's own verdict on what Auth0 holds. What the relay renewed itself is not seen from here. */
export function judgeUser(profile: UserProfile, ground: JudgementGround): readonly JudgedIdentity[] {
  return profile.identities.map((identity) => judge(identity, profile, ground));
}

function judge(
  identity: StoredIdentity,
  profile: UserProfile,
  { catalogue, configuration, isInTokenVault, now }: JudgementGround,
): JudgedIdentity {
  const { connection, provider } = identity;
  const entry = catalogue.find({ strategy: provider, connection });
  const settings = configuration?.settings(connection);
  const keptInTokenVault = settings?.keptInTokenVault ?? isInTokenVault(connection);
  return {
    connection,
    provider,
    idpUserId: identity.idpUserId,
    primary: identity.primary,
    hasAccessToken: identity.accessToken !== undefined,
    hasRefreshToken: identity.refreshToken !== undefined,
    entry,
    verdict: judgeIdentity({
      identity,
      profile,
      entry,
      observation: undefined,
      mayReadIdpTokens: true,
      keptInTokenVault,
      // Whether the API has a client for Token Vault is in its own settings, which nobody sees from here.
      canUseTokenVault: keptInTokenVault,
      canRenew:
        configuration?.idpClient(connection) !== undefined && entry !== undefined && hasTokenEndpoint(entry),
      requiredScopes: settings?.requiredScopes ?? [],
      now,
      marginMs,
    }),
  };
}
