import { once } from 'node:events';
import { connect } from 'node:net';
import type { Artifact } from './leak-search.ts';

/** One request of a drive. */
export interface DriveRequest {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ReadableStream<Uint8Array>;
}

/** Calls an API and keeps all that comes back. */
export interface LeakCaller {
  readonly origin: string;
  /** Status, headers and body of each answer so far; `source` ends with the status. */
  readonly answers: readonly Artifact[];
  /**
   * Calls, and gives the status. What cannot be read to its end is kept as far as it came; a stream of events is listened to
   * while the drive goes on.
   */
  readonly call: (path: string, request?: DriveRequest) => Promise<number>;
  /**
   * Sends bytes as they are, and keeps what comes back until the other side hangs up; or hangs up itself as soon as
   * `until` holds.
   */
  sendRaw(what: string, bytes: string, until?: () => boolean): Promise<void>;
}

/** @param origin of the API */
export function createLeakCaller(origin: string): LeakCaller {
  const answers: Artifact[] = [];
  const keep = (what: string, status: number | string, text: string): void =>
    void answers.push({ source: `${what}: ${status}`, text });
  return {
    origin,
    answers,
    call: async (path, { method = 'GET', token, headers = {}, body } = {}) => {
      const response = await fetch(`${origin}${path}`, {
        method,
        redirect: 'manual',
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        ...(body !== undefined && { body, duplex: 'half' }),
      });
      const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const stream = isEndless ? listenTo(response) : undefined;
      const text = stream ? '' : await response.text().catch(() => '');
      const head = `${JSON.stringify([...response.headers])}\n`;
      answers.push({
        source: `${method} ${path}: ${response.status}`,
        get text() {
          return `${head}${stream?.received ?? text}`;
        },
      });
      return response.status;
    },
    sendRaw: async (what, bytes, until) => {
      const socket = connect(Number(new URL(origin).port), 'localhost').setEncoding('latin1');
      let received = '';
      socket.on('data', (chunk) => (received += String(chunk))).on('error', () => socket.destroy());
      const gone = once(socket, 'close');
      socket.write(bytes);
      const watch = setInterval(() => until?.() === true && socket.destroy(), 20);
      await gone;
      clearInterval(watch);
      keep(what, /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? '---', received);
    },
  };
}

/** Collects what a stream brings, until the other side ends it. */
function listenTo({ body }: Response): { readonly received: string } {
  const stream = { received: '' };
  const collect = new WritableStream<string>({ write: (text) => void (stream.received += text) });
  body
    ?.pipeThrough(new TextDecoderStream())
    .pipeTo(collect)
    .catch(() => undefined);
  return stream;
}
