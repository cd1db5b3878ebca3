import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from './authorization-request.ts';

/** A browser that is signed in. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  /** Name of the connection that the user signed in through. */
  readonly connection: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** A sign-in that has begun: what the client asked for, and the browser that it is bound to. */
export interface Transaction {
  readonly request: AuthorizationRequest;
  /** Only the browser that began the sign-in can end it. */
  readonly browser: string;
  /** Set once the browser was sent to an IdP. */
  connection?: string;
}

const sessionCookie = 'auth0';
const browserCookie = 'auth0_transaction';

/** Browsers' sessions and sign-ins under way; gone with the process. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #transactions = new Map<string, Transaction>();

  /** The session that a request's cookie names. */
  find(request: FastifyRequest): Session | undefined {
    return this.#sessions.get(request.cookies[sessionCookie] ?? '');
  }

  /** Signs a browser in. */
  start(reply: FastifyReply, userId: string, connection: string, now: number): Session {
    const session = { id: randomBytes(24).toString('base64url'), userId, connection, startedAt: now };
    this.#sessions.set(session.id, session);
    this.#setCookie(reply, sessionCookie, session.id);
    return session;
  }

  /** Signs a browser out. */
  end(request: FastifyRequest, reply: FastifyReply): void {
    this.#sessions.delete(request.cookies[sessionCookie] ?? '');
    void reply.clearCookie(sessionCookie, { path: '/' });
  }

  /** Signs a user out of every browser, without a word to them. */
  endAllOf(userId: string): void {
    for (const { id, userId: owner } of this.#sessions.values())
      if (owner === userId) this.#sessions.delete(id);
  }

  /** Begins a sign-in. */
  begin(httpRequest: FastifyRequest, reply: FastifyReply, request: AuthorizationRequest): string {
    const browser = httpRequest.cookies[browserCookie] ?? randomBytes(16).toString('base64url');
    this.#setCookie(reply, browserCookie, browser);
    const id = randomBytes(16).toString('base64url');
    this.#transactions.set(id, { request, browser });
    return id;
  }

  /** A sign-in under way, for the browser that began it. */
  findTransaction(request: FastifyRequest, id: string): Transaction | undefined {
    const transaction = this.#transactions.get(id);
    return transaction?.browser === request.cookies[browserCookie] ? transaction : undefined;
  }

  /** Ends a sign-in. */
  finish(id: string): void {
    this.#transactions.delete(id);
  }

  #setCookie(reply: FastifyReply, name: string, value: string): void {
    void reply.setCookie(name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: reply.request.protocol === 'https',
    });
  }
}
