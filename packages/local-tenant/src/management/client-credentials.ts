import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client } from '../state/tenant-state.ts';
import { PrivilegedAccess } from '../token-vault/privileged-access.ts';
import { findClient } from './find-client.ts';
import { invalidBody, ManagementError } from './management-error.ts';

const Credential = z.object({
  credential_type: z.literal('public_key'),
  pem: z.string().startsWith('-----BEGIN PUBLIC KEY-----'),
  alg: z.enum(['RS256', 'RS384', 'PS256']).default('RS256'),
  name: z.string().optional(),
  kid: z
    .string()
    .regex(/^[\w-]{10,64}$/)
    .optional(),
});
const KeptCredentials = z.object({ credentials: z.array(z.looseObject({ id: z.string() })).default([]) });
const InlineAccess = z.looseObject({
  credentials: z.array(z.union([z.looseObject({ id: z.string() }), Credential])).default([]),
});

/** Public keys of clients. */
export function registerClientCredentials(
  app: FastifyInstance,
  { database, clock }: LocalTenantContext,
): void {
  app.get('/clients/:id/credentials', { config: { anyScope: ['read:client_credentials'] } }, (request) =>
    KeptCredentials.parse(findClient(database.state, request.params)).credentials.map(
      ({ pem: _pem, ...credential }) => credential,
    ),
  );
  app.post(
    '/clients/:id/credentials',
    { config: { anyScope: ['create:client_credentials'] } },
    (request, reply) => {
      const client = findClient(database.state, request.params);
      const parsed = Credential.safeParse(request.body);
      if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
      const { pem: _pem, ...answer } = keepCredential(client, parsed.data, isoTime(clock.now()));
      database.save();
      return reply.code(201).send(answer);
    },
  );
}

/**
 * A client's privileged access to Token Vault as it is kept: keys that came with it are put among the client's
 * credentials, and only named here.
 * @throws ManagementError
 */
export function keepPrivilegedAccess(client: Client, now: string): void {
  const { token_vault_privileged_access: sent } = client;
  if (sent === undefined || sent === null) return;
  const inline = InlineAccess.safeParse(sent);
  if (!inline.success) throw invalidBody(z.prettifyError(inline.error));
  const credentials = inline.data.credentials.map((credential) =>
    'pem' in credential ? { id: keepCredential(client, Credential.parse(credential), now).id } : credential,
  );
  const access = PrivilegedAccess.safeParse({ ...inline.data, credentials });
  if (!access.success) throw invalidBody(z.prettifyError(access.error));
  const known = KeptCredentials.parse(client).credentials;
  if (!access.data.credentials.every(({ id }) => known.some((credential) => credential.id === id)))
    throw invalidBody('token_vault_privileged_access names a credential that the client does not have');
  client.token_vault_privileged_access = access.data;
}

function keepCredential(client: Client, credential: z.infer<typeof Credential>, now: string) {
  const { credentials } = KeptCredentials.parse(client);
  if (credentials.length >= 2)
    throw new ManagementError(400, 'A client has at most 2 credentials.', 'credentials_limit');
  const kept = {
    id: `cred_${randomBytes(8).toString('hex')}`,
    ...credential,
    kid: credential.kid ?? createHash('sha256').update(credential.pem).digest('base64url'),
    created_at: now,
    updated_at: now,
  };
  client.credentials = [...credentials, kept];
  return kept;
}
