/** A text in which secrets are looked for: an answer, a log, a file. */
export interface Artifact {
  /** Where it came from, for the person who reads the finding. */
  readonly source: string;
  readonly text: string;
}

/** A secret where none may be. The secret itself is not repeated. */
export interface Leak {
  readonly source: string;
  /** How it was written. */
  readonly form: string;
}

/** JWTs: access tokens of the Management API are such, and nothing that the relay answers or writes is one. */
const jwt = /eyJ[\w-]{10,}\.[\w-]{10,}/;

/** What could be a JWT in base64 or base64url: the shortest one that is found has 24 characters, hence 32 here. */
const base64Run = /[\w+/-]{32,}/g;

/**
 * Finds the canary in texts: plain, percent-encoded, in hexadecimal, and in base64 or base64url wherever it begins within a
 * group of three bytes; and any JWT: plain, or in base64 or base64url.
 */
export function findLeaks(artifacts: readonly Artifact[], canary: string): Leak[] {
  const forms = writtenForms(canary);
  return artifacts.flatMap(({ source, text }) => [
    ...forms.filter(({ needle }) => text.includes(needle)).map(({ form }) => ({ source, form })),
    ...(jwt.test(text) ? [{ source, form: 'a JWT' }] : []),
    ...(hasEncodedJwt(text) ? [{ source, form: 'a JWT in base64' }] : []),
  ]);
}

/** Decodes whatever could be base64, from each character at which a group of four may begin. */
function hasEncodedJwt(text: string): boolean {
  return (text.match(base64Run) ?? []).some((run) =>
    [0, 1, 2, 3].some((start) => jwt.test(Buffer.from(run.slice(start), 'base64').toString('latin1'))),
  );
}

function writtenForms(canary: string): { readonly form: string; readonly needle: string }[] {
  const bytes = Buffer.from(canary);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return [
    { form: 'plain', needle: canary },
    { form: 'percent-encoded', needle: percent },
    { form: 'percent-encoded, capitals', needle: percent.toUpperCase() },
    { form: 'hexadecimal', needle: bytes.toString('hex') },
    ...[0, 1, 2].flatMap((offset) =>
      (['base64', 'base64url'] as const).map((encoding) => ({
        form: `${encoding}, offset ${offset}`,
        needle: innerBase64(bytes, offset, encoding),
      })),
    ),
    { form: 'reversed', needle: Buffer.from(bytes).reverse().toString() },
  ];
}

/** The characters of a base64 text that depend on the canary's bytes alone, when it begins `offset` bytes into a group. */
function innerBase64(bytes: Buffer, offset: number, encoding: 'base64' | 'base64url'): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString(encoding)
    .replace(/=+$/, '');
  const firstWhole = Math.ceil((offset * 8) / 6);
  const lastWhole = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(firstWhole, lastWhole);
}
