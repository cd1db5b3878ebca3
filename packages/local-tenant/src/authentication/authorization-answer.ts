import type { FastifyReply } from 'fastify';
import { escapeHtml, pageHeaders } from '../html.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** Sends code or error to the client, in the way that it asked for. `redirect_uri` must have been checked. */
export function answerClient(
  reply: FastifyReply,
  request: AuthorizationRequest,
  answer: Readonly<Record<string, string>>,
): FastifyReply {
  const fields = { ...answer, ...(request.state !== undefined && { state: request.state }) };
  switch (request.response_mode) {
    case 'web_message':
      return sendWebMessage(reply, request, fields);
    case 'form_post': {
      const inputs = Object.entries(fields).map(
        ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
      );
      const action = escapeHtml(request.redirect_uri);
      const page = `<!doctype html><title>Signing in</title><form method="post" action="${action}">${inputs.join('')}<button>Continue</button></form>`;
      return reply.headers(pageHeaders).send(page);
    }
    default: {
      const url = new URL(request.redirect_uri);
      for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
      return reply.redirect(url.href);
    }
  }
}

/**
 * The answer to a hidden frame, as `@auth0/auth0-spa-js` asks for when it renews a session silently. It is the one page
 * with a script; the message goes to the origin of the client's registered callback alone.
 */
function sendWebMessage(
  reply: FastifyReply,
  request: AuthorizationRequest,
  fields: Readonly<Record<string, string>>,
): FastifyReply {
  const message = { type: 'authorization_response', response: fields };
  // `<` would let a value end the script element.
  const literal = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
  const script = `(window.opener||window.parent).postMessage(${literal(message)},${literal(new URL(request.redirect_uri).origin)})`;
  return reply
    .headers({
      ...pageHeaders,
      'content-security-policy': `default-src 'none'; script-src 'unsafe-inline'; frame-ancestors ${new URL(request.redirect_uri).origin}`,
    })
    .send(`<!doctype html><title>Signing in</title><script>${script}</script>`);
}
