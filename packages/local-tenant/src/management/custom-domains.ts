import { randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { CustomDomain } from '../state/tenant-state.ts';
import { invalidBody, ManagementError, notFound } from './management-error.ts';

const DomainPath = z.object({ id: z.string() });
const Creation = z.strictObject({
  domain: z
    .string()
    .min(3)
    .regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/, 'must be a host name'),
  type: z.enum(['auth0_managed_certs', 'self_managed_certs']),
});

/**
 * Custom domains, as entries alone: the tenant issues tokens at its two origins and nowhere else.
 * @see https://auth0.com/docs/customize/custom-domains
 */
export function registerCustomDomains(app: FastifyInstance, { database }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): CustomDomain => {
    const { id } = DomainPath.parse(params);
    const domain = state.customDomains.find((candidate) => candidate.custom_domain_id === id);
    if (domain === undefined) throw notFound('custom domain', 'inexistent_custom_domain');
    return domain;
  };

  app.get('/custom-domains', { config: { anyScope: ['read:custom_domains'] } }, () => state.customDomains);
  app.get('/custom-domains/:id', { config: { anyScope: ['read:custom_domains'] } }, (request) =>
    find(request.params),
  );
  app.post('/custom-domains', { config: { anyScope: ['create:custom_domains'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    if (state.customDomains.some(({ domain }) => domain === parsed.data.domain))
      throw new ManagementError(
        409,
        'A custom domain of that name already exists.',
        'custom_domain_conflict',
      );
    const domain: CustomDomain = {
      ...parsed.data,
      custom_domain_id: `cd_${String(randomInt(2 ** 47)).padStart(16, '0')}`,
      primary: false,
      status: 'pending_verification',
    };
    state.customDomains.push(domain);
    database.save();
    return reply.code(201).send({ ...domain, verification: {} });
  });
  // Nobody's DNS is asked: here every domain is its maker's.
  app.post('/custom-domains/:id/verify', { config: { anyScope: ['create:custom_domains'] } }, (request) => {
    const domain = find(request.params);
    domain.status = 'ready';
    database.save();
    return domain;
  });
  app.delete('/custom-domains/:id', { config: { anyScope: ['delete:custom_domains'] } }, (request, reply) => {
    state.customDomains.splice(state.customDomains.indexOf(find(request.params)), 1);
    database.save();
    return reply.code(204).send();
  });
}
