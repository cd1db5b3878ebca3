import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** What a code stands for. */
export interface CodeGrant {
  readonly redirectUri: string;
  readonly accountId: string;
  readonly scope: string[];
  readonly offlineAccess: boolean;
}

/** Codes are good for so long, in milliseconds. */
const codeLifetime = 60_000;

/** Authorization codes of one IdP: good once, for a minute, and gone with the process. */
export class AuthorizationCodes {
  readonly #clock: Clock;
  readonly #codes = new Map<string, CodeGrant & { readonly issuedAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new code. */
  issue(grant: CodeGrant): string {
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { ...grant, issuedAt: this.#clock.now() });
    return code;
  }

  /** What the code stands for, the first time it is used. */
  redeem(code: string): CodeGrant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    return grant !== undefined && this.#clock.now() - grant.issuedAt < codeLifetime ? grant : undefined;
  }
}
