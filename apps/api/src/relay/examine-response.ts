import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { mayTellByBody, readTokenFate, type CatalogueEntry, type TokenFate } from '@idp-relay/idp-catalogue';
import type { IdpResponse } from './response-receiver.ts';

/** An answer that was looked at, with its body still whole. */
export interface ExaminedResponse {
  /** What the answer says of the token. */
  readonly fate: TokenFate;
  readonly refusesToken: boolean;
  readonly body: Readable | Buffer;
}

/** Bodies that tell of a token are a few hundred bytes; a longer one is not waited for. */
const longestTellingBody = 64 * 1024;

/**
 * What does this answer say of the token? Where the catalogue names a field for its status (Facebook: 400 with error.code
 * 190; Slack: 200 with error), the body is read, and handed back as it was. A long answer of success is held up only there,
 * and only when it is JSON of known length; any other one streams at once.
 */
export function examineResponse(
  response: IdpResponse,
  entry: CatalogueEntry,
): ExaminedResponse | Promise<ExaminedResponse> {
  const { status, headers } = response;
  const isTelling = mayTellByBody(entry, status) && (status >= 400 || isShortJson(headers));
  const examine = (body: Readable | Buffer): ExaminedResponse => {
    const telling = isTelling && Buffer.isBuffer(body) ? parseJson(body, headers) : undefined;
    const fate = readTokenFate(entry, { status, headers, body: telling });
    return { fate, refusesToken: fate === 'refused', body };
  };
  return isTelling && response.body instanceof Readable
    ? readShort(response.body).then(examine)
    : examine(response.body);
}

function isShortJson(headers: IdpResponse['headers']): boolean {
  const length = headers['content-length'];
  const isJson = /^application\/([\w.-]+\+)?json\b/i.test(String(headers['content-type']));
  return isJson && length !== undefined && Number(length) <= longestTellingBody;
}

/** Reads a body whole when it is short. Either way what comes back gives every byte, and breaks where it broke. */
async function readShort(body: Readable): Promise<Readable | Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const rest = body[Symbol.asyncIterator]();
  try {
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      const chunk = toBuffer(next.value);
      chunks.push(chunk);
      length += chunk.length;
      if (length > longestTellingBody) {
        const whole = Readable.from(joined(chunks, rest));
        // Wherever its reader stops: one that never began has run nothing of the generator.
        whole.once('close', () => body.destroy());
        return whole;
      }
    }
  } catch (error) {
    return Readable.from(broken(chunks, error));
  }
  return Buffer.concat(chunks);
}

async function* joined(chunks: readonly Buffer[], rest: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  yield* chunks;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield toBuffer(next.value);
}

async function* broken(chunks: readonly Buffer[], error: unknown): AsyncGenerator<Buffer> {
  yield* chunks;
  throw error;
}

function toBuffer(chunk: unknown): Buffer {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Buffer.from(String(chunk));
}

function parseJson(text: Buffer, headers: IdpResponse['headers']): unknown {
  try {
    return JSON.parse(decompress(text, String(headers['content-encoding'] ?? 'identity')).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A copy to look at; the caller gets the body as the IdP sent it. */
function decompress(text: Buffer, encoding: string): Buffer {
  const limits = { maxOutputLength: longestTellingBody };
  if (encoding === 'gzip') return gunzipSync(text, limits);
  if (encoding === 'br') return brotliDecompressSync(text, limits);
  return encoding === 'deflate' ? inflateSync(text, limits) : text;
}
