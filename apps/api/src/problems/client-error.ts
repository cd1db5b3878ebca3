import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { standingHeaders } from '../standing-headers.ts';
import { problemKinds, type ProblemCode } from './problem-codes.ts';

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'request_headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/**
 * Answers what Node cannot read as a request, with a problem document like every other refusal.
 * There is only a socket: neither a request nor a reply exists yet.
 */
export function sendClientErrorProblem(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const code = codes[error.code ?? ''] ?? 'request_invalid';
  const { status, title, about } = problemKinds[code];
  const requestId = randomUUID();
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    code,
    detail:
      code === 'request_invalid'
        ? 'No HTTP request could be read: look at its first line and its headers.'
        : about,
    instance: `urn:request:${requestId}`,
  });
  const headers = {
    ...standingHeaders(requestId),
    'relay-source': 'relay',
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
