import type { FastifyRequest } from 'fastify';

/** A request has a body when it says so; Node does not read one that is not announced. */
export function hasBody(request: FastifyRequest): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** True while a part of the request's body has not been read from the caller's connection. */
export function isBodyUnread(request: FastifyRequest): boolean {
  return hasBody(request) && !request.raw.complete;
}
