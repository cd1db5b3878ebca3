import { isRelayable, type CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { Observation } from './observations.ts';
import { estimateExpiry, type TokenExpiry } from './token-expiry.ts';
import type { StoredIdentity, UserProfile } from './user-profile.ts';
import type { Verdict, VerdictEvidence, VerdictReason, VerdictSource, VerdictState } from './verdict.ts';

/** Everything that a verdict is made of. */
export interface JudgedFacts {
  readonly identity: StoredIdentity;
  readonly profile: Pick<UserProfile, 'lastLogin' | 'readAt'>;
  /** What the catalogue knows of the connection, if anything. */
  readonly entry: CatalogueEntry | undefined;
  readonly observation: Observation | undefined;
  /** False: the Management API token surely lacked `read:user_idp_tokens`. */
  readonly mayReadIdpTokens: boolean;
  /** The operators' configuration says that this connection keeps its tokens in Token Vault. */
  readonly keptInTokenVault: boolean;
  /** Scopes that the policy needs for this connection. */
  readonly requiredScopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A token that ends sooner than this (milliseconds) counts as about to end. */
  readonly marginMs: number;
}

interface Finding {
  readonly state: VerdictState;
  readonly reason: VerdictReason;
  readonly callable: boolean;
  readonly detail: string;
  readonly advice: string;
  readonly source: VerdictSource;
}

/** What is known of one identity's token. Pure: the same facts give the same verdict. */
export function judgeIdentity(facts: JudgedFacts): Verdict {
  const { identity, profile, entry, observation } = facts;
  const expiry = estimateExpiry(identity, profile, entry, observation);
  const lackingScopes = lacking(facts.requiredScopes, observation?.grantedScopes);
  const finding =
    identity.accessToken === undefined ? judgeMissing(facts) : judgeStored(facts, expiry, lackingScopes);
  const evidence: VerdictEvidence = {
    ...(profile.lastLogin !== undefined && { lastLogin: new Date(profile.lastLogin).toISOString() }),
    ...(identity.expiresInSeconds !== undefined && { expiresInSeconds: identity.expiresInSeconds }),
    ...(expiry.kind === 'ends' &&
      identity.accessToken !== undefined && {
        expiresAtLatest: new Date(expiry.at).toISOString(),
        expiryBasis: expiry.basis,
      }),
    hasRefreshToken: identity.refreshToken !== undefined,
    ...(observation?.grantedScopes && { grantedScopes: observation.grantedScopes }),
    ...(lackingScopes.length > 0 && { lackingScopes }),
    ...(observation && { idpStatus: observation.idpStatus }),
  };
  const observedAt =
    observation && finding.source !== 'auth0_profile' ? observation.observedAt : profile.readAt;
  return { ...finding, evidence, observedAt: new Date(observedAt).toISOString() };
}

/** No token is stored: is there none by nature, is it elsewhere, or should there be one? */
function judgeMissing({ entry, mayReadIdpTokens, keptInTokenVault, identity }: JudgedFacts): Finding {
  // Custom database scripts may hand a token on, so a database identity without one lacks nothing.
  if (entry?.issuesToken === 'never' || entry?.kind === 'database') {
    return {
      state: 'not_applicable',
      reason: 'strategy_gives_no_token',
      callable: false,
      detail: `Connections of the strategy "${identity.provider}" give no OAuth token.`,
      advice: 'Use an identity of another connection.',
      source: 'catalogue',
    };
  }
  if (keptInTokenVault) {
    return {
      state: 'in_token_vault',
      reason: 'kept_in_token_vault',
      callable: false,
      detail: 'The connection keeps its tokens in Token Vault, outside the user profile.',
      advice: 'Read it through Token Vault, or switch Token Vault off for this connection.',
      source: 'configuration',
    };
  }
  if (!mayReadIdpTokens) {
    return {
      state: 'missing',
      reason: 'management_scope_missing',
      callable: false,
      detail: "Auth0 left the IdP tokens out, because the relay's client grant lacks read:user_idp_tokens.",
      advice: 'Deploy the tenant again: its files hold the grant with read:users and read:user_idp_tokens.',
      source: 'auth0_profile',
    };
  }
  const options = entry?.storedAtAuth0.connectionOptions ?? [];
  return {
    state: 'missing',
    reason: 'not_stored',
    callable: false,
    detail: 'Auth0 holds no access token for this identity.',
    advice: [
      'Let the user sign in again through this connection.',
      entry?.storedAtAuth0.tokenVault === true
        ? 'If that does not help, see whether Token Vault is on for it.'
        : '',
      options.length > 0 ? `Connection options that decide on it: ${options.join(', ')}.` : '',
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    source: 'auth0_profile',
  };
}

function judgeStored(facts: JudgedFacts, expiry: TokenExpiry, lackingScopes: readonly string[]): Finding {
  const { identity, entry, observation, now, marginMs } = facts;
  const signInAgain = 'Let the user sign in again through this connection.';
  if (entry !== undefined && !isRelayable(entry)) {
    return {
      state: 'not_applicable',
      reason: 'not_relayable',
      callable: false,
      detail: `A token is stored, but ${entry.displayName} has no HTTP API that it could be sent to.`,
      advice:
        entry.relayable === 'configured' ? 'Name its apiBaseUrls in the configuration of connections.' : '',
      source: 'catalogue',
    };
  }
  if (observation?.outcome === 'refused') {
    return {
      state: 'revoked',
      reason: 'idp_refused',
      callable: false,
      detail: `The IdP refused the stored token with status ${observation.idpStatus}.`,
      advice: signInAgain,
      source: observation.source,
    };
  }
  const source: VerdictSource =
    expiry.kind === 'ends' && expiry.basis === 'idp_answer' ? 'probe' : 'auth0_profile';
  const canRenew =
    identity.refreshToken !== undefined && entry?.refresh?.possible !== 'no' && entry?.refresh !== undefined;
  if (expiry.kind === 'ends' && expiry.at <= now + marginMs) {
    const ended = expiry.at <= now;
    if (canRenew) {
      return {
        state: 'renewable',
        reason: ended ? 'lifetime_over' : 'ends_soon',
        callable: !ended,
        detail: ended
          ? 'The token has ended; its refresh token is stored.'
          : 'The token is about to end; its refresh token is stored.',
        advice: ended ? `${signInAgain} This relay does not use refresh tokens itself.` : '',
        source,
      };
    }
    return {
      state: ended ? 'expired' : 'expiring',
      reason: ended ? 'lifetime_over' : 'ends_soon',
      callable: !ended,
      detail: ended
        ? 'The token has ended, and no refresh token is stored.'
        : 'The token ends soon, and no refresh token is stored.',
      advice: signInAgain,
      source,
    };
  }
  if (lackingScopes.length > 0) {
    return {
      state: 'insufficient_scope',
      reason: 'scopes_lacking',
      callable: false,
      detail: `The token works, but lacks ${lackingScopes.join(', ')}.`,
      advice: `Let the user sign in again through this connection with connection_scope=${lackingScopes.join(',')}.`,
      source: observation?.source ?? 'auth0_profile',
    };
  }
  return judgeGood(facts, expiry);
}

function judgeGood({ entry, identity, observation }: JudgedFacts, expiry: TokenExpiry): Finding {
  if (observation?.outcome === 'accepted') {
    return {
      state: 'usable',
      reason: 'idp_accepted',
      callable: true,
      detail: 'The IdP accepted the token when it was last used.',
      advice: '',
      source: observation.source,
    };
  }
  if (expiry.kind === 'unknown') {
    return {
      state: 'unknown',
      reason: entry === undefined ? 'strategy_unknown' : 'expiry_unknown',
      callable: entry !== undefined,
      detail:
        entry === undefined
          ? `A token is stored, but nothing is known of the strategy "${identity.provider}".`
          : 'A token is stored, but when it ends is not known.',
      advice:
        entry === undefined ? 'Describe the connection in the configuration.' : 'Check it now to find out.',
      source: 'auth0_profile',
    };
  }
  const endless = expiry.kind === 'endless';
  return {
    state: 'usable',
    reason: endless ? 'token_without_end' : 'token_stored',
    callable: true,
    detail: endless
      ? 'A token is stored, and it has no end.'
      : 'A token is stored, and its lifetime is not over.',
    advice: '',
    source: 'auth0_profile',
  };
}

function lacking(required: readonly string[], granted: readonly string[] | undefined): string[] {
  return granted === undefined ? [] : required.filter((scope) => !granted.includes(scope));
}
