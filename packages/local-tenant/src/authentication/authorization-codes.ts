import { randomBytes } from 'node:crypto';
import type { TokenCustomization } from '../actions/token-customization.ts';
import type { Clock } from '../clock.ts';

/** What a code of the tenant stands for. */
export interface CodeGrant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly userId: string;
  readonly audience: string | undefined;
  readonly scope: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly sessionId: string;
  /** Name of the connection that the user signed in through. */
  readonly connection: string;
  /** What Actions want changed in the tokens. */
  readonly customization: TokenCustomization;
}

/** What comes of redeeming a code. A code that was used before tells whose refresh tokens must go. */
export type Redemption =
  | { readonly kind: 'good'; readonly grant: CodeGrant; readonly family: string }
  | { readonly kind: 'reused'; readonly family: string }
  | { readonly kind: 'unknown' };

/** Codes are good for so long, in milliseconds. */
const codeLifetime = 60_000;

/** The tenant's authorization codes: good once, for a minute, and gone with the process. */
export class AuthorizationCodes {
  readonly #clock: Clock;
  readonly #codes = new Map<string, { grant: CodeGrant; issuedAt: number; family: string; used: boolean }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new code. */
  issue(grant: CodeGrant): string {
    for (const [code, kept] of this.#codes) {
      if (this.#clock.now() - kept.issuedAt > 10 * codeLifetime) this.#codes.delete(code);
    }
    const code = randomBytes(32).toString('base64url');
    this.#codes.set(code, {
      grant,
      issuedAt: this.#clock.now(),
      family: randomBytes(12).toString('base64url'),
      used: false,
    });
    return code;
  }

  /** Uses a code up. `family` marks the refresh tokens that come from it (RFC 6749 section 4.1.2). */
  redeem(code: string): Redemption {
    const kept = this.#codes.get(code);
    if (kept === undefined) return { kind: 'unknown' };
    if (kept.used) return { kind: 'reused', family: kept.family };
    kept.used = true;
    if (this.#clock.now() - kept.issuedAt >= codeLifetime) return { kind: 'unknown' };
    return { kind: 'good', grant: kept.grant, family: kept.family };
  }
}
