import { problemKinds, type ProblemCode } from './problem-codes.ts';

/** What a problem may bear beyond code and detail. */
export interface ProblemOptions extends ErrorOptions {
  /** Extension members (RFC 9457 section 3.2), for programs. Never a token. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Response headers, such as `retry-after` or `www-authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal or failure that the caller is told of. Throw it anywhere on the way of a request. */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** HTTP status. */
  readonly status: number;
  /** What happened this time and what to do; safe to show. */
  readonly detail: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(`${code}: ${detail}`, options);
    this.name = 'Problem';
    this.code = code;
    this.status = problemKinds[code].status;
    this.detail = detail;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}
