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
  429: 'Too Many Requests',
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
