import type { Clock, Secret, UserChange } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { UserChangeHub } from '../changes/user-change-hub.ts';
import { Problem } from '../problems/problem.ts';
import { changesIn, readDelivery } from './log-events.ts';
import { bringsToken, isSignedBy } from './notice-signature.ts';
import { readJsonText } from './read-json-text.ts';

/** What the routes of notices work with. */
export interface NoticeRoutesOptions {
  readonly userChanges: UserChangeHub;
  readonly clock: Clock;
  /** Shared with the post-login Action, which signs with it. Left out: there is no route for it. */
  readonly noticeSecret?: Secret;
  /** What the tenant's log stream has to bring. Left out: there is no route for it. */
  readonly logStreamToken?: Secret;
}

/** A login in a notice of the post-login Action. It holds no token. */
const SignIn = z.object({
  user_id: z.string().min(1).max(500),
  connection: z.string().min(1).max(200),
  signed_in_at: z.iso.datetime({ offset: true }),
  identities: z
    .array(z.looseObject({ connection: z.string(), provider: z.string(), user_id: z.string() }))
    .max(100),
});

/** The longest delivery of a log stream that is taken. Bytes. */
const longestDelivery = 5 * 1024 * 1024;
const longestSignIn = 64 * 1024;

/**
 * The tenant says that a user has changed: by its post-login Action, by a log stream, or by both. The profile is read again
 * when it is next needed. Notices may be late, repeated or out of order: one that is older than what was read since
 * changes nothing.
 */
export const noticeRoutes: FastifyPluginAsyncZod<NoticeRoutesOptions> = async (app, options) => {
  const { userChanges, clock, noticeSecret, logStreamToken } = options;
  // A signature is of the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const announce = (changes: readonly UserChange[]): void => {
    const latest = new Map<string, UserChange>();
    for (const change of changes) {
      const known = latest.get(change.userId);
      if (known === undefined || known.changedAt < change.changedAt) latest.set(change.userId, change);
    }
    userChanges.announce([...latest.values()]);
  };

  if (noticeSecret !== undefined) {
    app.post(
      '/v1/notices/sign-in',
      {
        bodyLimit: longestSignIn,
        config: { access: 'public' },
        schema: {
          summary: 'The post-login Action says that a user has signed in',
          description:
            'Signed: `x-idp-relay-timestamp` has the time (Unix seconds, at most five minutes off), and ' +
            '`x-idp-relay-signature` has `v1=` and the HMAC-SHA256 of `<timestamp>.<body>` by NOTICE_SECRET, in hexadecimal. ' +
            'The body is JSON: `user_id`, `connection`, `signed_in_at`, `identities` (each `connection`, `provider`, `user_id`).',
          tags: ['notices'],
          security: [],
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const body = bodyOf(request.body);
        const signature = {
          timestamp: headerOf(request.headers['x-idp-relay-timestamp']),
          signature: headerOf(request.headers['x-idp-relay-signature']),
        };
        if (!isSignedBy(noticeSecret, body, signature, clock.now())) {
          throw new Problem(
            'notice_refused',
            'The signature is missing, wrong, or more than five minutes off: is NOTICE_SECRET the same in the Action and in the relay, and are the clocks right?',
          );
        }
        const signIn = SignIn.safeParse(readJsonText(body.toString('utf8')).value);
        if (!signIn.success) {
          const fields = signIn.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ');
          throw new Problem('request_invalid', `The notice is not as expected. Wrong: ${fields}.`);
        }
        const { user_id: userId, signed_in_at: at } = signIn.data;
        announce([{ userId, what: 'profile', changedAt: Date.parse(at) }]);
        return reply.code(204).send(null);
      },
    );
  }

  if (logStreamToken !== undefined) {
    app.post(
      '/v1/notices/log-events',
      {
        bodyLimit: longestDelivery,
        config: { access: 'public' },
        schema: {
          summary: 'A log stream of the tenant says what happened to users',
          description:
            'A custom webhook of Auth0, with `Bearer` and LOG_STREAM_TOKEN as its authorization, in any content format. ' +
            'Logins, sign-ups, links, blocks and deletions count; all other events are taken and left unread.',
          tags: ['notices'],
          security: [],
          response: { 204: z.null() },
        },
        // Before the body is read: strangers must not have megabytes kept for them.
        onRequest: async (request) => {
          if (bringsToken(logStreamToken, request.headers.authorization)) return;
          throw new Problem(
            'notice_refused',
            'The authorization is missing or wrong: the log stream has to bring "Bearer " and LOG_STREAM_TOKEN.',
          );
        },
      },
      async (request, reply) => {
        const delivery = readDelivery(bodyOf(request.body).toString('utf8'));
        if (delivery === undefined)
          throw new Problem('request_invalid', 'The body is neither JSON nor a JSON object a line.');
        announce(changesIn(delivery));
        return reply.code(204).send(null);
      },
    );
  }
};

function bodyOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
