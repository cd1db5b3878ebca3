/** Written over every byte of a secret, so that a text keeps its length. */
const asterisk = 0x2a;
const nothing = Buffer.alloc(0);

/**
 * Finds secrets in bytes that stream by, in the ways that web APIs write texts: plain, percent-encoded, with escaped
 * slashes as in JSON, and in base64 or base64url wherever it begins within a group of three bytes. Each is overwritten with
 * asterisks of the same length. Made for one stream: what may be the beginning of the secret is held back until the next bytes.
 */
export class SecretMask {
  readonly #forms: readonly WrittenForm[];
  #held: Buffer = nothing;

  /** @param forms what {@link writtenForms} gives of the secrets */
  constructor(forms: readonly WrittenForm[]) {
    this.#forms = forms;
  }

  /** Takes the next bytes, and gives those that may go on. */
  push(chunk: Buffer): Buffer {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const masked = this.#mask(bytes);
    const kept = Math.max(0, ...this.#forms.map(({ bytes: form }) => beginningLength(masked, form)));
    this.#held = Buffer.from(masked.subarray(masked.length - kept));
    return masked.subarray(0, masked.length - kept);
  }

  /** Gives what was held back, once nothing more comes. */
  end(): Buffer {
    const rest = this.#held;
    this.#held = nothing;
    return rest;
  }

  /** All bytes at once, where nothing came before and nothing follows. */
  whole(bytes: Buffer): Buffer {
    // Few answers hold the secret, and a text is searched far faster than bytes are.
    const letters = bytes.toString('latin1');
    return this.#forms.some((form) => letters.includes(form.letters)) ? this.#mask(bytes) : bytes;
  }

  /** Whether a whole text holds the secret. */
  occursIn(text: string): boolean {
    return this.#forms.some((form) => text.length >= form.text.length && text.includes(form.text));
  }

  #mask(bytes: Buffer): Buffer {
    let masked = bytes;
    for (const { bytes: form } of this.#forms) {
      for (let at = masked.indexOf(form); at !== -1; at = masked.indexOf(form, at + form.length)) {
        // The bytes came from somebody else's buffer: only a copy is written to.
        if (masked === bytes) masked = Buffer.from(bytes);
        masked.fill(asterisk, at, at + form.length);
      }
    }
    return masked;
  }
}

/** How many bytes at the end could be the beginning of a form whose rest has not come yet. */
function beginningLength(bytes: Buffer, form: Buffer): number {
  const longest = Math.min(form.length - 1, bytes.length);
  for (let length = longest; length > 0; length -= 1) {
    if (bytes[bytes.length - length] !== form[0]) continue;
    if (bytes.subarray(bytes.length - length).equals(form.subarray(0, length))) return length;
  }
  return 0;
}

/** One way that a secret may be written. */
export interface WrittenForm {
  readonly text: string;
  readonly bytes: Buffer;
  /** A letter for each of the bytes. */
  readonly letters: string;
}

/** The ways that a secret may be written; none for one of fewer than 8 characters, since any text may hold it by chance. */
export function writtenForms(value: string): readonly WrittenForm[] {
  if (value.length < 8) return [];
  return [...writtenTexts(value)].map((text) => {
    const bytes = Buffer.from(text);
    return { text, bytes, letters: bytes.toString('latin1') };
  });
}

function writtenTexts(value: string): ReadonlySet<string> {
  return new Set([
    value,
    encodeURIComponent(value),
    encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encodeURIComponent(encodeURIComponent(value)),
    value.replaceAll('/', '\\/'),
    ...['\\u002f', '\\u002F'].map((escaped) => value.replaceAll('/', escaped)),
    // As Python's quote() leaves slashes; as JSON writers escape for HTML; as templates do.
    encodeURIComponent(value).replaceAll('%2F', '/'),
    value.replaceAll('=', '\\u003d'),
    value.replaceAll('+', '\\u002B'),
    value.replaceAll('+', '\\u002B').replaceAll('/', '\\/'),
    value.replaceAll('+', '&#43;'),
    value.replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;'),
    ...[0, 1, 2].flatMap((offset) => [
      innerBase64(value, offset, 'base64'),
      innerBase64(value, offset, 'base64url'),
    ]),
  ]);
}

/** The characters of a base64 text that depend on the secret alone, when it begins `offset` bytes into a group of three. */
function innerBase64(value: string, offset: number, encoding: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return bytes.toString(encoding).slice(first, last);
}
