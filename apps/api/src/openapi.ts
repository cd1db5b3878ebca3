import swagger from '@fastify/swagger';
import plugin from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

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
      transform: jsonSchemaTransform,
      // Puts the named schemas that answers refer to into the document.
      transformObject: jsonSchemaTransformObject,
    });
    app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, () => app.swagger());
  },
  { name: 'openapi' },
);
