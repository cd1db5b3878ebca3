/**
 * The relay refused a call, or could not make it. What an IdP itself answered is never one of these.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class RelayProblem extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Stable; branch on this. `/problems/{code}` of the API explains each. `unreadable` where the answer was no problem document. */
  readonly code: string;
  /** What happened and what to do, for people. */
  readonly detail: string;
  /** Names the request in the relay's logs. */
  readonly requestId: string | undefined;
  /** Seconds to wait before the next try, where the relay said so. */
  readonly retryAfterSeconds: number | undefined;
  /** The whole document, for the members that some codes have. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(response: Response, document: Readonly<Record<string, unknown>>) {
    const code = text(document.code) ?? 'unreadable';
    const detail = text(document.detail) ?? `The answer had status ${response.status}.`;
    super(`${code}: ${detail}`);
    this.name = 'RelayProblem';
    this.status = response.status;
    this.code = code;
    this.detail = detail;
    this.requestId = response.headers.get('request-id') ?? undefined;
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
    this.members = document;
  }
}

/** Reads a refusal; an answer that is no problem document becomes one with the code `unreadable`. */
export async function readProblem(response: Response): Promise<RelayProblem> {
  try {
    const body: unknown = await response.json();
    return new RelayProblem(response, isRecord(body) ? body : {});
  } catch {
    return new RelayProblem(response, {});
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
