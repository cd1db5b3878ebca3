import { ZodError } from 'zod';
import { readRefusedBody } from '../refused-body.ts';
import { reportBug } from '../report-bug.ts';

/** An error of the Management API in Auth0's shape. */
export class ManagementError extends Error {
  readonly statusCode: number;
  readonly errorCode: string | undefined;
  constructor(statusCode: number, message: string, errorCode?: string) {
    super(message);
    this.name = 'ManagementError';
    this.statusCode = statusCode;
    this.errorCode = errorCode;
  }

  /** The body that Auth0 answers. */
  toJSON(): Record<string, unknown> {
    const { statusCode, message, errorCode } = this;
    return {
      statusCode,
      error: titles[statusCode] ?? 'Error',
      message,
      ...(errorCode !== undefined && { errorCode }),
    };
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** Something that the path names is not there. */
export const notFound = (what: string, errorCode = 'inexistent_resource'): ManagementError =>
  new ManagementError(404, `The ${what} does not exist.`, errorCode);

/** The body is not what the operation takes. */
export const invalidBody = (message: string): ManagementError =>
  new ManagementError(400, `Payload validation error: '${message}'.`, 'invalid_body');

/** The query is not what the operation takes. */
export const invalidQuery = (message: string): ManagementError =>
  new ManagementError(400, `Query validation error: '${message}'.`, 'invalid_query_string');

/** Whatever was thrown, in Auth0's shape. */
export function toManagementError(thrown: unknown): ManagementError {
  if (thrown instanceof ManagementError) return thrown;
  if (thrown instanceof ZodError) return invalidQuery(thrown.issues[0]?.message ?? '');
  const refused = readRefusedBody(thrown);
  if (refused !== undefined) return new ManagementError(refused.status, refused.reason);
  reportBug(thrown);
  return new ManagementError(500, 'Internal error');
}
