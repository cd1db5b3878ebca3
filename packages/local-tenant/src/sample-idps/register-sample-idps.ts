import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { registerApi } from './api.ts';
import { registerAuthorizationEndpoint } from './authorization-endpoint.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { registerIntrospectionEndpoint } from './introspection-endpoint.ts';
import { sampleIdps } from './sample-idp-registry.ts';
import { registerSampleResources } from './sample-resources.ts';
import { registerTokenEndpoint } from './token-endpoint.ts';

/** Adds all sample IdPs to an app, each below a path of its own. */
export function registerSampleIdps(app: FastifyInstance, context: LocalTenantContext): void {
  for (const idp of sampleIdps) {
    const codes = new AuthorizationCodes(context.clock);
    void app.register(async (parsed) => {
      await parsed.register(formbody);
      registerAuthorizationEndpoint(parsed, context, idp, codes);
      registerTokenEndpoint(parsed, context, idp, codes);
      registerApi(parsed, context, idp);
      registerIntrospectionEndpoint(parsed, context, idp);
    });
    void app.register(async (streaming) => {
      streaming.removeAllContentTypeParsers();
      streaming.addContentTypeParser('*', (_request, _payload, done) => done(null));
      registerSampleResources(streaming, context, idp);
    });
  }
}
