import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SampleIdpStrategy } from './sample-idp-state.ts';
import { sampleIdpClient } from './sample-idp-store.ts';

const Credentials = z.object({ client_id: z.string(), client_secret: z.string() });

/** Does the tenant's client at this IdP prove itself, by HTTP Basic or by the form (RFC 6749 section 2.3.1)? */
export function isTheTenant(
  strategy: SampleIdpStrategy,
  method: 'post' | 'basic',
  request: FastifyRequest,
): boolean {
  const { clientId, clientSecret } = sampleIdpClient(strategy);
  if (method === 'post') {
    const { data: sent } = Credentials.safeParse(request.body);
    return sent?.client_id === clientId && sent.client_secret === clientSecret;
  }
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  return request.headers.authorization === `Basic ${Buffer.from(pair).toString('base64')}`;
}
