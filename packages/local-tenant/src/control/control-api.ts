import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { rateLimitPlans } from '../management/rate-limit.ts';
import { sampleEmail, samplePassword, samplePeople, sampleUserId } from '../seed/sample-people.ts';
import { NotInTenantError, type TenantControl } from './tenant-control.ts';

const Service = z.enum(['authentication', 'management', 'idps']);
const TokenAction = z.enum(['expire', 'revoke', 'drop']);
const Identity = z.object({ user_id: z.string(), connection: z.string(), identity: z.string().optional() });
const FaultRequest = z.strictObject({
  service: Service,
  path_prefix: z.string().optional(),
  delay_ms: z.number().int().nonnegative().optional(),
  status: z.number().int().min(100).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  drop_connection: z.boolean().optional(),
  lose_answer: z.boolean().optional(),
  times: z.number().int().positive().optional(),
});
const RequestFilter = z.object({
  service: Service,
  method: z.string().optional(),
  path_prefix: z.string().optional(),
});

/** The control interface over HTTP, for demos and for tests in other processes. It takes no requests of web pages. */
export function registerControlApi(
  app: FastifyInstance,
  context: LocalTenantContext,
  control: TenantControl,
): void {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onRequest', async (request, reply) => {
    // Any page open in a browser can send requests to loopback; none of them has business here.
    if (request.headers.origin !== undefined) return reply.code(403).send({ message: 'Not for web pages.' });
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof NotInTenantError)
      return reply.code(404).send({ code: error.code, message: error.message });
    return reply.send(error);
  });
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get('/people', () =>
    samplePeople.map((person) => ({
      user_id: sampleUserId(person),
      name: person.name,
      login: person.handle,
      email: sampleEmail(person),
      password: samplePassword(person),
      shows: person.shows,
      connections: person.identities.map((identity) => identity.connection),
    })),
  );
  routes.post(
    '/tokens/:action',
    { schema: { params: z.object({ action: TokenAction }), body: Identity } },
    (request, reply) => {
      const act = { expire: control.expireToken, revoke: control.revokeToken, drop: control.dropToken };
      act[request.params.action](request.body);
      return reply.code(204).send();
    },
  );
  routes.post(
    '/users/blocked',
    { schema: { body: z.strictObject({ user_id: z.string(), blocked: z.boolean() }) } },
    (request, reply) => {
      control.setBlocked(request.body.user_id, request.body.blocked);
      return reply.code(204).send();
    },
  );
  routes.post(
    '/sessions/end',
    { schema: { body: z.strictObject({ user_id: z.string() }) } },
    (request, reply) => {
      control.endSessions(request.body.user_id);
      return reply.code(204).send();
    },
  );
  routes.post(
    '/signing-keys/rotate',
    { schema: { body: z.strictObject({ revoke_previous: z.boolean().default(false) }) } },
    async (request, reply) => {
      await control.rotateSigningKey({ revokePrevious: request.body.revoke_previous });
      return reply.code(204).send();
    },
  );
  routes.put(
    '/rate-limit',
    { schema: { body: z.strictObject({ plan: z.enum(rateLimitPlans) }) } },
    (request, reply) => {
      control.setRateLimitPlan(request.body.plan);
      return reply.code(204).send();
    },
  );
  routes.post('/faults', { schema: { body: FaultRequest } }, (request, reply) => {
    const { service, path_prefix, delay_ms, status, headers, body, drop_connection, lose_answer, times } =
      request.body;
    context.faults.add(service, {
      ...(path_prefix !== undefined && { pathPrefix: path_prefix }),
      ...(delay_ms !== undefined && { delayMs: delay_ms }),
      ...(status !== undefined && { status }),
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      ...(drop_connection !== undefined && { dropConnection: drop_connection }),
      ...(lose_answer !== undefined && { loseAnswer: lose_answer }),
      ...(times !== undefined && { times }),
    });
    return reply.code(204).send();
  });
  routes.delete('/faults', (_request, reply) => {
    context.faults.clear();
    return reply.code(204).send();
  });
  // What Auth0 shows in its dashboard alone: the console of Actions.
  routes.get('/executions', () =>
    context.actions.executions.map(({ id, trigger_id, created_at, results }) => ({
      id,
      trigger_id,
      created_at,
      results: results.map(({ bound, console, error }) => ({
        action_name: bound.action.name,
        console,
        ...(error !== undefined && { error }),
      })),
    })),
  );
  routes.get('/requests', { schema: { querystring: RequestFilter } }, (request) => {
    const { service, method, path_prefix } = request.query;
    const filter = {
      ...(method !== undefined && { method }),
      ...(path_prefix !== undefined && { pathPrefix: path_prefix }),
    };
    return { count: context.faults.count(service, filter) };
  });
  routes.delete('/requests', (_request, reply) => {
    context.faults.resetCounts();
    return reply.code(204).send();
  });
}
