import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { decodeJwt, importSPKI, jwtVerify } from 'jose';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client } from '../state/tenant-state.ts';
import { clientRefused } from './authentication-error.ts';
import { issuerOf } from './issuer.ts';

const Credentials = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion: z.string().optional(),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer').optional(),
});

/** A public key of a client, as `POST /api/v2/clients/{id}/credentials` keeps it. */
const PublicKeys = z.object({
  credentials: z
    .array(
      z.object({
        id: z.string(),
        pem: z.string(),
        alg: z.enum(['RS256', 'RS384', 'PS256']).default('RS256'),
      }),
    )
    .default([]),
  /** Which of them authenticate the client; all of them where this is not said. */
  client_authentication_methods: z
    .object({ private_key_jwt: z.object({ credentials: z.array(z.object({ id: z.string() })) }).nullish() })
    .nullish(),
});

/** Assertions seen, until they are over; each is good once. */
export class SeenAssertions {
  readonly #until = new Map<string, number>();

  /** True the first time. `expiresAt` and `now` in seconds. */
  use(id: string, expiresAt: number, now: number): boolean {
    for (const [seen, end] of this.#until) if (end < now) this.#until.delete(seen);
    if (this.#until.has(id)) return false;
    this.#until.set(id, expiresAt);
    return true;
  }
}

/**
 * The client that makes a request at the token endpoint, proven in the one way that it is registered for.
 * Public clients (`token_endpoint_auth_method` is `none`) only name themselves.
 * @throws AuthenticationError
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-2.3
 */
export async function authenticateClient(
  context: LocalTenantContext,
  request: FastifyRequest,
  origin: string,
  seen: SeenAssertions,
): Promise<Client> {
  const parsed = Credentials.safeParse(request.body);
  if (!parsed.success) throw clientRefused();
  const { client_id: clientId, client_secret: secret, client_assertion: assertion } = parsed.data;
  const { clients } = context.database.state;
  const find = (id: string | undefined): Client => {
    const client = clients.find((candidate) => candidate.client_id === id);
    if (client === undefined) throw clientRefused();
    return client;
  };

  if (assertion !== undefined) {
    const client = find(clientId ?? issuerOfAssertion(assertion));
    await verifyAssertion(context, client, assertion, origin, seen);
    return client;
  }
  const basic = readBasic(request.headers.authorization);
  if (basic !== undefined) {
    const client = find(basic.clientId);
    if (client.token_endpoint_auth_method !== 'client_secret_basic' || !isSecret(client, basic.secret))
      throw clientRefused();
    return client;
  }
  const client = find(clientId);
  if (client.token_endpoint_auth_method === 'none') return client;
  // Null is said of clients that authenticate by a key.
  const method = client.token_endpoint_auth_method;
  const takesPost =
    method === undefined || method === 'client_secret_post' || method === 'client_secret_basic';
  if (!takesPost || secret === undefined || !isSecret(client, secret)) throw clientRefused();
  return client;
}

function issuerOfAssertion(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch {
    throw clientRefused();
  }
}

async function verifyAssertion(
  { clock }: LocalTenantContext,
  client: Client,
  assertion: string,
  origin: string,
  seen: SeenAssertions,
): Promise<void> {
  const { credentials, client_authentication_methods: methods } = PublicKeys.parse(client);
  const enabled = methods?.private_key_jwt?.credentials;
  const keys = credentials.filter(({ id }) => enabled === undefined || enabled.some((one) => one.id === id));
  const now = Math.floor(clock.now() / 1000);
  for (const { pem, alg } of keys) {
    try {
      const { payload } = await jwtVerify(assertion, await importSPKI(pem, alg), {
        algorithms: [alg],
        issuer: client.client_id,
        subject: client.client_id,
        audience: [issuerOf(origin), `${origin}/oauth/token`],
        requiredClaims: ['exp', 'jti'],
        currentDate: new Date(clock.now()),
        maxTokenAge: '5 minutes',
      });
      if (seen.use(`${client.client_id} ${payload.jti ?? ''}`, payload.exp ?? now, now)) return;
    } catch {
      // Another of the client's keys may fit.
    }
  }
  throw clientRefused();
}

function readBasic(header: string | undefined): { clientId: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId: decodeForm(id), secret: decodeForm(secret.join(':')) };
}

/** RFC 6749 section 2.3.1 has both parts form-encoded. */
function decodeForm(text: string): string {
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}

function isSecret(client: Client, given: string): boolean {
  const expected = Buffer.from(client.client_secret ?? '');
  const actual = Buffer.from(given);
  return expected.length > 0 && expected.length === actual.length && timingSafeEqual(expected, actual);
}
