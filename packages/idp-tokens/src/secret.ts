import { hash } from 'node:crypto';
import { inspect } from 'node:util';
import { LRUCache } from 'lru-cache';
import { SecretMask, writtenForms, type WrittenForm } from './secret-mask.ts';

const redacted = '[redacted]';

/** Bytes that all secrets' forms may take, about. */
const mostFormBytes = 8_000_000;

/**
 * A value that must not be seen: an IdP token, a client secret, a Management API token.
 * Printing, logging, spreading, cloning and JSON give `[redacted]` or nothing; only {@link Secret.reveal} gives the value,
 * and it is called where a request is built and nowhere else.
 */
export class Secret {
  /**
   * Each answer is searched for the forms of a token that is used again and again: some 4 kB of them for a short one. Those
   * who have them, under keys of their own: what is remembered here keeps no secret alive.
   */
  static readonly #withForms = new LRUCache<object, WeakRef<Secret>>({
    maxSize: mostFormBytes,
    dispose: (leastUsed) => {
      const secret = leastUsed.deref();
      if (secret !== undefined) secret.#forms = undefined;
    },
  });

  readonly #value: string;
  #fingerprint: string | undefined;
  #forms: readonly WrittenForm[] | undefined;
  #formsKey: object | undefined;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it inside the expression that puts it into a request, and keep it nowhere. */
  reveal(): string {
    return this.#value;
  }

  /**
   * A short one-way mark of the value, to tell whether two moments speak of the same token.
   * 64 bits of SHA-256: far too little to learn a random token from, enough not to confuse two of one user.
   */
  fingerprint(): string {
    this.#fingerprint ??= hash('sha256', this.#value, 'base64url').slice(0, 11);
    return this.#fingerprint;
  }

  /** Finds the value, and those of others, in what an IdP answers, to keep them from going on. One for each answer. */
  mask(...others: readonly Secret[]): SecretMask {
    const forms = this.#writtenForms();
    if (others.length === 0) return new SecretMask(forms);
    return new SecretMask([...forms, ...others.flatMap((other) => writtenForms(other.#value))]);
  }

  #writtenForms(): readonly WrittenForm[] {
    this.#formsKey ??= {};
    // Asked for again is used again.
    if (this.#forms !== undefined) {
      Secret.#withForms.get(this.#formsKey);
      return this.#forms;
    }
    const forms = writtenForms(this.#value);
    this.#forms = forms;
    const size = forms.reduce((sum, { text }) => sum + 4 * text.length, 1);
    Secret.#withForms.set(this.#formsKey, new WeakRef(this), { size });
    return forms;
  }

  /** Always `[redacted]`. */
  toString(): string {
    return redacted;
  }

  /** Always `[redacted]`. */
  toJSON(): string {
    return redacted;
  }

  /** Always `[redacted]`, for `console.log` and alike. */
  [inspect.custom](): string {
    return redacted;
  }
}
