import { PassThrough } from 'node:stream';
import type { Clock, UserChange } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../authorize/authorization.ts';
import { Problem } from '../problems/problem.ts';
import type { UserChangeHub } from './user-change-hub.ts';

/** What the stream of changes works with. */
export interface ChangeRoutesOptions {
  readonly userChanges: UserChangeHub;
  readonly clock: Clock;
}

/** A comment this often (milliseconds) keeps proxies from ending a stream that has nothing to say. */
const heartbeatMs = 20_000;
/** What a timer can count to, in milliseconds. */
const longestMs = 2 ** 31 - 1;
/** How many streams one process serves. Each is an open page of an operator. */
const mostStreams = 500;
/** A reader who is behind by so many bytes is let go; coming back, it reads everything anew. */
const mostUnread = 64 * 1024;

/**
 * Tells operators' pages which users have changed, as it happens, as server-sent events. It says of whom, never what.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export const changeRoutes: FastifyPluginAsyncZod<ChangeRoutesOptions> = async (app, options) => {
  const streams = new Set<PassThrough>();
  // They would hold the shutdown up for as long as pages are open.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });

  app.get(
    '/v1/changes',
    {
      config: { access: { caller: 'any', permission: 'inspect:identities' } },
      schema: {
        summary: 'Which users have changed, as it happens (server-sent events)',
        description:
          '`event: user` with `{"user_id": …, "what": "profile" | "verdicts"}`: read that user again. `event: missed`: changes may ' +
          'have been missed, so read everything again. The stream ends with the access token at the latest; come back with a new one.',
        tags: ['operators'],
        response: { 200: z.unknown().describe('text/event-stream') },
      },
    },
    async (request, reply) => {
      if (streams.size >= mostStreams) {
        throw new Problem('relay_overloaded', 'Too many pages are open at this process. Try again.', {
          headers: { 'retry-after': '30' },
        });
      }
      const stream = new PassThrough();
      const write = (text: string): void => {
        if (stream.writableLength > mostUnread) stream.destroy();
        else if (stream.writable) stream.write(text);
      };
      const stop = options.userChanges.listen((change) => write(eventOf(change)));
      const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
      const left = Math.min(callerOf(request).expiresAt - options.clock.now(), longestMs);
      const end = setTimeout(() => stream.end(), left);
      streams.add(stream);
      stream.once('close', () => {
        stop();
        clearInterval(heartbeat);
        clearTimeout(end);
        streams.delete(stream);
      });
      // Says at once that the stream is there: from here on nothing is missed.
      write(': open\n\n');
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream);
    },
  );
};

function eventOf(change: UserChange | undefined): string {
  if (change === undefined) return 'event: missed\ndata: {}\n\n';
  const { userId, what } = change;
  return `event: user\ndata: ${JSON.stringify({ user_id: userId, what })}\n\n`;
}
