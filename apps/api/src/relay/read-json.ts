import type { Readable } from 'node:stream';
import type { CancelSignal } from './cancel-signal.ts';
import { failureOf } from './idp-failure.ts';
import { discard, type IdpResponse } from './response-receiver.ts';

/** The relay's own calls are answered with little; more than this is not read. Characters. */
const longestAnswer = 256 * 1024;

/**
 * Reads an answer to one of the relay's own calls, and lets go of its connection.
 * @param signal the one that the request was sent with: it ends the reading as well
 * @returns the parsed body, `undefined` where it is not JSON or too long
 * @throws Problem `idp_unavailable` or `idp_timeout` when it breaks off; CallerGoneError when the signal aborted for that
 */
export async function readJson({ body }: IdpResponse, signal: CancelSignal): Promise<unknown> {
  const text = Buffer.isBuffer(body) ? body.toString('utf8') : await readText(body, signal);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(body: Readable, signal: CancelSignal): Promise<string | undefined> {
  let text = '';
  try {
    for await (const chunk of body.setEncoding('utf8')) {
      text += String(chunk);
      if (text.length > longestAnswer) {
        discard(body);
        return undefined;
      }
    }
    return text;
  } catch (cause) {
    throw failureOf(cause, signal);
  }
}
