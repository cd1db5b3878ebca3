import type { VaultAnswer } from './token-vault.ts';
import type { Verdict } from './verdict.ts';

type Reason = Extract<VaultAnswer, { found: false }>['reason'];

const findings = {
  nothing_kept: {
    state: 'missing',
    reason: 'vault_keeps_nothing',
    detail: 'Token Vault keeps no token of this account.',
    advice: 'Let the user connect the account, or sign in again through this connection with offline access.',
  },
  refresh_failed: {
    state: 'expired',
    reason: 'vault_refresh_failed',
    detail: 'The token in Token Vault has ended, and the IdP did not renew it.',
    advice: 'Let the user connect the account again.',
  },
} as const satisfies Record<Reason, Pick<Verdict, 'state' | 'reason' | 'detail' | 'advice'>>;

/**
 * What an exchange that brought nothing says of the identity.
 * @param now milliseconds since the epoch
 */
export function judgeVaultAnswer(reason: Reason, before: Verdict, now: number): Verdict {
  return {
    ...before,
    ...findings[reason],
    callable: false,
    observedAt: new Date(now).toISOString(),
    source: 'token_vault',
  };
}
