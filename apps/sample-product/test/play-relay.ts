import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** What the relay answers to one call. */
export interface RelayAnswer {
  readonly status: number;
  /** Who speaks: the IdP, or the relay itself. */
  readonly source: 'idp' | 'relay';
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A relay on loopback, as a browser meets it. */
export interface PlayedRelay {
  readonly origin: string;
  /** Requests so far: path, query and bearer token. */
  readonly requests: readonly string[];
}

/** An answer of the IdP. */
export function fromIdp(body: unknown, status = 200): RelayAnswer {
  return { status, source: 'idp', body };
}

/** A refusal of the relay. */
export function refusal(status: number, code: string, members: object = {}): RelayAnswer {
  return { status, source: 'relay', body: { code, status, detail: `What ${code} means.`, ...members } };
}

/**
 * Plays the relay over HTTP until the end of the test.
 * @param answers by path without the query, one after the other; the last one of a path stays. Others are not linked.
 */
export async function playRelay(
  answers: Readonly<Record<string, readonly RelayAnswer[]>>,
): Promise<PlayedRelay> {
  const requests: string[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, reply) => {
    const [path = ''] = (request.url ?? '').split('?');
    requests.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    const turn = asked.get(path) ?? 0;
    asked.set(path, turn + 1);
    const answer = answers[path]?.at(turn) ?? answers[path]?.at(-1) ?? refusal(404, 'connection_not_linked');
    reply
      .writeHead(answer.status, {
        'content-type': 'application/json',
        'relay-source': answer.source,
        'request-id': 'request-7',
        // jsdom keeps to the rules of browsers.
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'authorization',
        'access-control-expose-headers': '*',
        ...answer.headers,
      })
      .end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, requests };
}
