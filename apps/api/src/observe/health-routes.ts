import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SigningKeys } from '../authenticate/signing-keys.ts';
import {
  neededManagementScopes,
  type ManagementTokenSource,
  type TokenSetStore,
} from '@idp-relay/idp-tokens';

/** What readiness depends on. */
export interface HealthRoutesOptions {
  readonly signingKeys: SigningKeys;
  readonly managementTokens: ManagementTokenSource;
  /** Where renewed tokens are kept, where anything is kept. */
  readonly tokenSets?: TokenSetStore;
}

const Readiness = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
});

/** `/healthz`: the process answers. `/readyz`: it can do its work, and if not, what it lacks. */
export const healthRoutes: FastifyPluginAsyncZod<HealthRoutesOptions> = async (app, options) => {
  app.get(
    '/healthz',
    {
      config: { access: 'public', servedUnderPressure: true },
      schema: {
        summary: 'The process is alive',
        tags: ['health'],
        security: [],
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    () => ({ ok: true as const }),
  );
  app.get(
    '/readyz',
    {
      config: { access: 'public', servedUnderPressure: true },
      schema: {
        summary: 'The relay can do its work; if not, what it lacks',
        tags: ['health'],
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const keysLoaded = await options.signingKeys.load();
      const management = await readManagement(options.managementTokens);
      const checks = {
        signing_keys: { ok: keysLoaded, detail: keysLoaded ? 'read' : 'the tenant’s JWKS cannot be read' },
        management_api: management,
        ...(options.tokenSets && { database: await readDatabase(options.tokenSets) }),
        shutdown: { ok: !app.isClosing(), detail: app.isClosing() ? 'shutting down' : 'running' },
      };
      const ready = Object.values(checks).every(({ ok }) => ok);
      return reply.code(ready ? 200 : 503).send({ ready, checks });
    },
  );
};

/** Nobody's row: what comes back is of no interest, only that something does. */
const nobody = { tenant: '', userId: '', connection: '', idpUserId: '' };

async function readDatabase(tokenSets: TokenSetStore): Promise<{ ok: boolean; detail: string }> {
  try {
    await tokenSets.read(nobody);
    return { ok: true, detail: 'answers' };
  } catch (error) {
    return {
      ok: false,
      detail: error instanceof Error && 'code' in error ? String(error.code) : 'no answer',
    };
  }
}

async function readManagement(tokens: ManagementTokenSource): Promise<{ ok: boolean; detail: string }> {
  try {
    const { scopes } = await tokens.get();
    const missing = [...neededManagementScopes].filter((scope) => scopes?.has(scope) === false);
    return missing.length === 0
      ? { ok: true, detail: 'token at hand' }
      : { ok: false, detail: `the client grant lacks ${missing.join(' and ')}` };
  } catch (error) {
    return { ok: false, detail: error instanceof Error && 'code' in error ? String(error.code) : 'no token' };
  }
}
