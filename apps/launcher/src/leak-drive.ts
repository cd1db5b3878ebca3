import { samplePeople, sampleUserId } from '@idp-relay/local-tenant';
import { z } from 'zod';
import type { Installation } from './installation.ts';
import { createLeakCaller } from './leak-caller.ts';
import { encodedIdOf } from './leak-people.ts';
import type { Artifact } from './leak-search.ts';

/** Access tokens to drive the routes with. */
export interface DriveTokens {
  readonly users: ReadonlyMap<string, string>;
  readonly operator: string;
  readonly backend: string;
}

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

const idpPaths: Readonly<Record<string, string>> = {
  github: 'user/repos',
  'google-oauth2': 'oauth2/v3/userinfo',
  facebook: 'v24.0/me',
  windowslive: 'v1.0/me',
  bitbucket: '2.0/user',
  'acme-crm': 'user',
  'acme-saml': 'x',
  'google-vault': 'oauth2/v3/userinfo',
  'Username-Password-Authentication': 'x',
};
const samplePaths = [
  'echo',
  'headers',
  'redirect?to=https%3A%2F%2Felsewhere.example',
  'redirect-with-token',
  'reflect',
  'drop',
  'status/401',
  'status/500',
];
const hostilePaths = ['../x', '%2e%2e/x', '/evil.example', '@evil.example', 'user?access_token=x', 'user%zz'];

/**
 * Drives every route as everybody, with what works and with what is refused, under faults too, and gathers all that came
 * back: status, headers and body of each answer.
 */
export async function driveRoutes(installation: Installation, tokens: DriveTokens): Promise<Artifact[]> {
  const { api, tenant } = installation;
  const caller = createLeakCaller(api.origin);
  const call = (method: string, path: string, token?: string): Promise<number> =>
    caller.call(path, {
      method,
      ...(token !== undefined && { token }),
      ...(method === 'POST' && { body: '{"title":"x"}' }),
    });
  const everybody = [undefined, 'not.a.token', tokens.operator, tokens.backend, ...tokens.users.values()];

  const documentAnswer = await fetch(`${api.origin}/openapi.json`);
  const { paths } = Document.parse(await documentAnswer.json());
  const ada = encodedIdOf('ada');
  // His token is dead already: nothing that comes after misses it.
  const linus = encodedIdOf('linus');
  for (const [path, operations] of Object.entries(paths)) {
    const url = path
      .replace('{user_id}', path.endsWith('/revoke') ? linus : ada)
      .replace('{connection}', 'github')
      .replace('{code}', 'idp_token_missing')
      .replace('*', 'user');
    for (const method of Object.keys(operations))
      for (const token of everybody) await call(method.toUpperCase(), url, token);
  }
  for (const person of samplePeople) {
    const id = encodeURIComponent(sampleUserId(person));
    await call('GET', `/v1/users/${id}/identities`, tokens.operator);
    for (const { connection, id: idpUserId } of person.identities) {
      const choice = `?identity=${encodeURIComponent(idpUserId)}`;
      await call(
        'GET',
        `/v1/users/${id}/idp/${connection}/${idpPaths[connection] ?? 'x'}${choice}`,
        tokens.backend,
      );
      await call('POST', `/v1/users/${id}/identities/${connection}/check${choice}`, tokens.operator);
    }
  }
  for (const path of samplePaths)
    await call('GET', `/v1/users/${ada}/idp/github/_sample/${path}`, tokens.backend);
  for (const path of hostilePaths) await call('GET', `/v1/users/${ada}/idp/github/${path}`, tokens.backend);
  await call('GET', '/v1/users?q=ada', tokens.operator);
  await call('GET', `/v1/me/idp/google-vault/${idpPaths['google-vault'] ?? ''}`, tokens.users.get('radia'));

  for (const [service, fault] of [
    ['idps', { status: 401 }],
    ['idps', { dropConnection: true }],
    ['management', { status: 500 }],
    ['management', { status: 403 }],
    ['authentication', { status: 401 }],
  ] as const) {
    tenant.faults.add(service, fault);
    for (const person of samplePeople.slice(0, 6)) {
      await call(
        'GET',
        `/v1/users/${encodeURIComponent(sampleUserId(person))}/idp/github/user`,
        tokens.backend,
      );
    }
    // Somebody whom no cache knows: only for them is the tenant asked.
    await call(
      'GET',
      `/v1/users/github%7C${service}-${JSON.stringify(fault).length}/identities`,
      tokens.operator,
    );
    await call('GET', '/readyz');
    tenant.faults.clear();
  }
  const metrics = await fetch(`${api.metricsOrigin}/metrics`);
  return [...caller.answers, { source: '/metrics', text: await metrics.text() }];
}
