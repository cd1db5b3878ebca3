import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemKinds, type ProblemCode } from './problem-codes.ts';
import { Problem } from './problem.ts';

const Page = z.object({ code: z.string(), status: z.number(), title: z.string(), about: z.string() });

/** A page for every problem code: what the `type` of a problem document leads to. */
export const problemPages: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/problems',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Every problem code',
        tags: ['problems'],
        security: [],
        response: { 200: z.array(Page) },
      },
    },
    () => Object.entries(problemKinds).map(([code, kind]) => ({ code, ...kind })),
  );
  app.get(
    '/problems/:code',
    {
      config: { access: 'public' },
      schema: {
        summary: 'What a problem code means and what to do',
        tags: ['problems'],
        security: [],
        params: z.object({ code: z.string() }),
        response: { 200: Page },
      },
    },
    ({ params: { code } }) => {
      if (!isProblemCode(code))
        throw new Problem('route_not_found', 'There is no such problem code. See /problems.');
      return { code, ...problemKinds[code] };
    },
  );
};

function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problemKinds, text);
}
