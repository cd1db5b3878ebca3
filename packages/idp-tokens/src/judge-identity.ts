import { isRelayable } from '@idp-relay/idp-catalogue';
import { estimateExpiry, type TokenExpiry } from './token-expiry.ts';
import type { HeldIdentity } from './held-identity.ts';
import { judgeEnding, signInAgain } from './judge-ending.ts';
import { adviseOnIntrospection } from './advise-on-introspection.ts';
import type { Finding, JudgedFacts } from './judged-facts.ts';
import type { Verdict, VerdictEvidence, VerdictSource } from './verdict.ts';

/** What is known of one identity's token. Pure: the same facts give the same verdict. */
export function judgeIdentity(facts: JudgedFacts): Verdict {
  const { identity, profile, entry, observation } = facts;
  const expiry = estimateExpiry(identity, profile, entry, observation);
  const grantedScopes = observation?.grantedScopes ?? identity.renewed?.scope;
  const lackingScopes = lacking(facts.requiredScopes, grantedScopes);
  const finding =
    identity.revokedAt !== undefined
      ? revokedHere
      : identity.accessToken === undefined
        ? judgeMissing(facts)
        : adviseOnIntrospection(judgeStored(facts, expiry, lackingScopes), facts);
  const evidence: VerdictEvidence = {
    ...(profile.lastLogin !== undefined && { lastLogin: new Date(profile.lastLogin).toISOString() }),
    ...(identity.expiresInSeconds !== undefined && { expiresInSeconds: identity.expiresInSeconds }),
    ...(expiry.kind === 'ends' &&
      identity.accessToken !== undefined && {
        expiresAtLatest: new Date(expiry.at).toISOString(),
        expiryBasis: expiry.basis,
      }),
    hasRefreshToken: identity.refreshToken !== undefined,
    ...(identity.renewed?.by === 'renewal' && {
      renewedAt: new Date(identity.renewed.obtainedAt).toISOString(),
    }),
    ...(identity.renewal?.nextAttemptAt !== undefined && {
      nextRenewalAt: new Date(identity.renewal.nextAttemptAt).toISOString(),
    }),
    ...(grantedScopes && { grantedScopes }),
    ...(lackingScopes.length > 0 && { lackingScopes }),
    ...(observation && { idpStatus: observation.idpStatus }),
    ...(observation?.introspection && { introspection: observation.introspection }),
  };
  const observedAt = {
    auth0_profile: profile.readAt,
    renewal: identity.renewed?.obtainedAt ?? profile.readAt,
    token_vault: identity.renewed?.obtainedAt ?? profile.readAt,
    operator: identity.revokedAt ?? profile.readAt,
    probe: observation?.observedAt ?? profile.readAt,
    idp_answer: observation?.observedAt ?? profile.readAt,
    catalogue: profile.readAt,
    configuration: profile.readAt,
  }[finding.source];
  return { ...finding, evidence, observedAt: new Date(observedAt).toISOString() };
}

const revokedHere: Finding = {
  state: 'revoked',
  reason: 'revoked_by_operator',
  callable: false,
  detail: 'An operator revoked the token in the relay, which does not use it any more.',
  advice: signInAgain,
  source: 'operator',
};

/** No token is stored: is there none by nature, is it elsewhere, or should there be one? */
function judgeMissing({
  entry,
  mayReadIdpTokens,
  keptInTokenVault,
  canUseTokenVault,
  identity,
}: JudgedFacts): Finding {
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
      callable: canUseTokenVault,
      detail: 'The connection keeps its tokens in Token Vault, outside the user profile.',
      advice: canUseTokenVault
        ? ''
        : 'Configure a client for Token Vault, or switch Token Vault off for this connection.',
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
      signInAgain,
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
  if (entry === undefined) {
    return {
      state: 'unknown',
      reason: 'strategy_unknown',
      callable: false,
      detail: `A token is stored, but nothing is known of the strategy "${identity.provider}".`,
      advice: 'Describe the connection in the configuration.',
      source: 'auth0_profile',
    };
  }
  if (!isRelayable(entry)) {
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
  const source = sourceOf(identity, expiry);
  if (observation?.outcome === 'refused') {
    return {
      state: 'revoked',
      reason: 'idp_refused',
      callable: false,
      detail:
        observation.introspection === 'inactive'
          ? 'The IdP says, by introspection, that the stored token is not active.'
          : `The IdP refused the stored token with status ${observation.idpStatus}.`,
      advice: signInAgain,
      source: observation.source,
    };
  }
  if (expiry.kind === 'ends' && expiry.at <= now + marginMs) return judgeEnding(facts, expiry.at, source);
  if (observation?.outcome === 'missing_scope' && lackingScopes.length === 0) {
    return {
      state: 'insufficient_scope',
      reason: 'scopes_lacking',
      // Other calls need other scopes: only those that the policy names stop a call before it is made.
      callable: true,
      detail: 'The IdP knows the token, and answered a call that it lacks a scope.',
      advice: 'Ask for that scope at the next sign-in; name it in required_scopes to have it asked for.',
      source: observation.source,
    };
  }
  if (lackingScopes.length > 0) {
    return {
      state: 'insufficient_scope',
      reason: 'scopes_lacking',
      callable: false,
      detail: `The token works, but lacks ${lackingScopes.join(', ')}.`,
      advice: `Let the user sign in again through this connection with connection_scope=${lackingScopes.join(',')}.`,
      source: observation?.source ?? source,
    };
  }
  return judgeGood(facts, expiry, source);
}

/** Where the newest fact of a token that nobody refused comes from. */
function sourceOf({ renewed }: HeldIdentity, expiry: TokenExpiry): VerdictSource {
  if (expiry.kind === 'ends' && expiry.basis === 'idp_answer') return 'probe';
  return renewed?.by ?? 'auth0_profile';
}

function judgeGood({ observation }: JudgedFacts, expiry: TokenExpiry, source: VerdictSource): Finding {
  if (observation?.outcome === 'accepted') {
    return {
      state: 'usable',
      reason: 'idp_accepted',
      callable: true,
      detail: 'The IdP accepted the token when it was last used or checked.',
      advice: '',
      source: observation.source,
    };
  }
  if (expiry.kind === 'unknown') {
    return {
      state: 'unknown',
      reason: 'expiry_unknown',
      callable: true,
      detail: 'A token is stored, but when it ends is not known.',
      advice: 'Check it now to find out.',
      source,
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
    source,
  };
}

function lacking(required: readonly string[], granted: readonly string[] | undefined): string[] {
  return granted === undefined ? [] : required.filter((scope) => !granted.includes(scope));
}
