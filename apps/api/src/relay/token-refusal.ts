import { Readable } from 'node:stream';
import { matchesSignal, type CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { IdpResponse } from './idp-client.ts';

/** An answer that was looked at, with its body still whole. */
export interface ExaminedResponse {
  readonly refusesToken: boolean;
  readonly body: Readable;
}

/** Error bodies that tell a dead token are a few hundred bytes; a longer one is not waited for. */
const longestErrorBody = 64 * 1024;

/**
 * Does this answer say that the token is dead? A 401 does, everywhere. Some IdPs say it by another status and a field of
 * their error body (Facebook: 400 with error.code 190); then the body is read, and handed back as it was.
 * An answer of success is never held up: its body streams at once.
 */
export async function examineResponse(
  response: IdpResponse,
  entry: CatalogueEntry,
): Promise<ExaminedResponse> {
  if (response.status === 401) return { refusesToken: true, body: response.body };
  const signal = entry.expiredSignal;
  const mayTell =
    response.status >= 400 && signal?.jsonPointer !== undefined && signal.status.includes(response.status);
  if (!mayTell) return { refusesToken: false, body: response.body };

  const chunks: Buffer[] = [];
  let length = 0;
  const rest = response.body[Symbol.asyncIterator]();
  for (;;) {
    const next: IteratorResult<unknown> = await rest.next();
    if (next.done === true) break;
    const chunk = toBuffer(next.value);
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestErrorBody) return { refusesToken: false, body: Readable.from(joined(chunks, rest)) };
  }
  const whole = Buffer.concat(chunks);
  const refusesToken = matchesSignal(signal, { status: response.status, body: parseJson(whole) });
  return { refusesToken, body: Readable.from([whole]) };
}

async function* joined(chunks: readonly Buffer[], rest: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  yield* chunks;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield toBuffer(next.value);
}

function toBuffer(chunk: unknown): Buffer {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Buffer.from(String(chunk));
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
