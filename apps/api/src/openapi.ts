import swagger from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import plugin from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** RFC 9457, with what every problem of this API has. Some codes have further members; their pages say which. */
const ProblemDocument = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('Stable; branch on this. GET /problems lists all.'),
    detail: z.string().describe('What happened and what to do'),
    instance: z.string().describe('Names the request in the relay’s logs'),
  })
  .meta({ id: 'Problem' });

/** Every route may answer with a problem. This is for the document alone: problems are written where they are made. */
function withProblems(schema: FastifySchema): FastifySchema {
  if (schema.hide === true) return schema;
  const problems = {
    description: 'A problem; `code` says which',
    content: { 'application/problem+json': { schema: ProblemDocument } },
  };
  const answers = typeof schema.response === 'object' ? schema.response : {};
  return { ...schema, response: { ...answers, default: problems } };
}

/** Collects the OpenAPI document from the routes' own schemas, and serves it. */
export const openapi = plugin(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'idp-relay',
          version: '1',
          description: 'Call a user’s Identity Provider through Auth0, without ever seeing the IdP’s token.',
        },
        components: {
          securitySchemes: {
            accessToken: {
              type: 'http',
              scheme: 'bearer',
              bearerFormat: 'JWT',
              description: 'An Auth0 access token of the relay’s audience',
            },
          },
        },
        security: [{ accessToken: [] }],
      },
      transform: (route) => jsonSchemaTransform({ ...route, schema: withProblems(route.schema) }),
      // Puts the named schemas that answers refer to into the document.
      transformObject: jsonSchemaTransformObject,
    });
    app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, () => app.swagger());
  },
  { name: 'openapi' },
);
