import {
  IdentityAmbiguousError,
  ConnectionNotLinkedError,
  IdpTokensError,
  IdpTokenUnusableError,
  ManagementForbiddenError,
  ManagementRateLimitedError,
} from '@idp-relay/idp-tokens';
import { StoreError } from '@idp-relay/store';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { toVerdictDocument } from '../identities/verdict-schema.ts';
import { CallerGoneError, isIdpFailure, toIdpProblem } from '../relay/idp-failure.ts';
import { standingHeaders } from '../standing-headers.ts';
import { describeFault } from './describe-fault.ts';
import { problemKinds } from './problem-codes.ts';
import { Problem } from './problem.ts';

/** What problem documents need from elsewhere. */
export interface ProblemDetailsOptions {
  /** A sign-in that would mend the token, for the user; `undefined` where there is none. */
  readonly signInUrl: (error: IdpTokenUnusableError) => string | undefined;
}

/**
 * Turns everything that is thrown into `application/problem+json`, in one place.
 * Causes stay inside: an error of a library may carry a request, and is neither logged nor answered.
 * @see https://datatracker.ietf.org/doc/html/rfc9457
 */
export const problemDetails = plugin<ProblemDetailsOptions>(
  async (app, { signInUrl }) => {
    app.setErrorHandler((error: unknown, request, reply) => {
      if (error instanceof CallerGoneError) return reply.hijack();
      const problem = toProblem(error, signInUrl);
      if (problem.status >= 500) request.log.warn({ code: problem.code }, problem.detail);
      if (problem.code === 'internal_error')
        request.log.error({ fault: describeFault(error) }, 'a fault of the relay');
      return sendProblem(problem, request, reply);
    });
    app.setNotFoundHandler((request, reply) =>
      sendProblem(
        new Problem('route_not_found', 'There is no such route. See /openapi.json.'),
        request,
        reply,
      ),
    );
  },
  { name: 'problem-details' },
);

/** For what Fastify refuses before any route: a request target that cannot be decoded. */
export function sendFrameworkProblem(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void sendProblem(
    new Problem('request_invalid', 'The path is not a valid URL path: check its percent-encodings.'),
    request,
    reply.headers(standingHeaders(request.id)),
  );
}

/** The document itself. */
function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (reply.raw.headersSent) return reply.hijack();
  // An answer of the IdP that broke before its first byte has left its headers behind.
  if (reply.getHeader('relay-source') === 'idp') {
    for (const name of Object.keys(reply.getHeaders())) if (!isOwnHeader(name)) reply.removeHeader(name);
  }
  return reply
    .code(problem.status)
    .headers({ ...problem.headers, 'relay-source': 'relay' })
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: `/problems/${problem.code}`,
      title: problemKinds[problem.code].title,
      status: problem.status,
      code: problem.code,
      detail: problem.detail,
      instance: `urn:request:${request.id}`,
      ...problem.members,
    });
}

function isOwnHeader(name: string): boolean {
  return name in standingHeaders('') || name === 'vary' || name.startsWith('access-control-');
}

function toProblem(error: unknown, signInUrl: ProblemDetailsOptions['signInUrl']): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof IdpTokensError) return fromIdpTokens(error, signInUrl);
  if (isIdpFailure(error)) return toIdpProblem(error);
  // Its message is for operators; what a row or a key has to do with it is nobody else's business.
  if (error instanceof StoreError) {
    return new Problem(
      'token_store_unavailable',
      'The relay’s own database gives no answer it can use. Try again.',
      {
        members: { cause: error.code },
      },
    );
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      pointer: `${error.validationContext ?? ''}${issue.instancePath}`,
      message: issue.message ?? 'not valid',
    }));
    const named = errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
    return new Problem('request_invalid', `The request is not valid. ${named}`, { members: { errors } });
  }
  if (isClientError(error))
    return new Problem('request_invalid', 'The request could not be read.', {
      members: { cause: error.code },
    });
  return new Problem('internal_error', 'The relay failed. Give its operators the instance of this answer.');
}

function fromIdpTokens(error: IdpTokensError, signInUrl: ProblemDetailsOptions['signInUrl']): Problem {
  const members = {
    ...(error instanceof IdpTokenUnusableError && {
      verdict: toVerdictDocument(error.verdict),
      sign_in_url: signInUrl(error),
    }),
    ...(error instanceof IdentityAmbiguousError && { identities: error.idpUserIds }),
    ...(error instanceof ConnectionNotLinkedError && { linked_connections: error.linkedConnections }),
    ...(error instanceof ManagementForbiddenError && { missing_scopes: error.missingScopes }),
  };
  const headers: Record<string, string> =
    error instanceof ManagementRateLimitedError ? { 'retry-after': String(error.retryAfterSeconds) } : {};
  return new Problem(error.code, error.message, { members, headers });
}

/** Faults of the request that Fastify itself found: a body too large, a broken header. */
function isClientError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  );
}
