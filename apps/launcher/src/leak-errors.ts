import { canary, signIn, type LocalTenant } from '@idp-relay/local-tenant';
import { oddAuth0Answers, oddIdpAnswers } from './leak-answers.ts';
import type { LeakCaller } from './leak-caller.ts';
import type { DriveTokens } from './leak-drive.ts';
import { encodedIdOf } from './leak-people.ts';
import type { LeakTokens } from './leak-tokens.ts';
import { mostCalls } from './leak-relay.ts';
import { waitUntil } from './leak-wait.ts';
import { tokenCallback, type Installation } from './installation.ts';

/** What errors are provoked with. */
export interface ErrorDrive {
  readonly installation: Installation;
  readonly caller: LeakCaller;
  readonly drive: DriveTokens;
  readonly tokens: LeakTokens;
}

/** Callers who may not, ask for what there is not, or do not speak HTTP as they should. */
export async function driveBadCallers({ installation, caller, drive, tokens }: ErrorDrive): Promise<void> {
  const { call } = caller;
  for (const authorization of Object.values(tokens.odd))
    for (const path of ['/v1/me/identities', '/v1/me/idp/github/user', '/v1/users?q=a'])
      await call(path, { headers: { authorization } });
  const someone = tokens.forUser('github|1001');
  for (const path of ['/v1/me/identities', '/v1/me/idp/github/user', '/readyz', `/${canary}`])
    await call(`${path}?access_token=${someone}&code=${canary}`, {
      headers: { cookie: `session=${canary}` },
    });
  const ofAda = { token: drive.users.get('ada') ?? '' };
  const idToken = { token: await idTokenOf(installation) };
  await call('/v1/me/identities', idToken);
  await call('/v1/users?q=ada', idToken);
  await call(`/v1/users/${encodedIdOf('ada')}/idp/github/user`, ofAda);
  await call('/v1/users?q=ada', ofAda);
  await call('/v1/tenant/doctor', { token: drive.operator });
  for (const path of [
    `/v1/users?limit=${canary}`,
    `/v1/users?q=${canary.repeat(30)}`,
    `/v1/users?from=${canary}`,
  ])
    await call(path, { token: drive.operator });
  const github = `/v1/users/${encodedIdOf('ada')}/idp/github`;
  const asBackend = { token: drive.backend };
  await call(`${github}/user`, { ...asBackend, headers: { 'relay-base-url': `https://${canary}.example` } });
  await call(`${github}/no/such/path`, asBackend);
  await call(`${github}/user?identity=${canary}`, asBackend);
  await call(`/v1/users/${encodedIdOf('dennis')}/idp/github/user`, asBackend);
  await call(`/v1/users/${encodedIdOf('mallory')}/idp/github/user`, asBackend);
  await call(`/v1/users/${encodedIdOf('grace')}/idp/github/user`, asBackend);
  await call(`/v1/users/github%7C${canary}/idp/github/user`, asBackend);
  await call('/v1/me/idp/google-vault/oauth2/v3/userinfo', { token: drive.users.get('radia') ?? '' });
  const [radia, katherine] = [encodedIdOf('radia'), encodedIdOf('katherine')];
  for (const identity of [`${radia}/identities/google-vault`, `${katherine}/identities/acme-crm`])
    await call(`/v1/users/${identity}/check`, { method: 'POST', token: drive.operator });

  const head = (line: string, ...headers: string[]): string =>
    [line, 'host: localhost', `authorization: Bearer ${drive.backend}`, ...headers, '', ''].join('\r\n');
  await caller.sendRaw(
    'an upgrade',
    head(`GET ${github}/user HTTP/1.1`, 'connection: upgrade', 'upgrade: websocket'),
  );
  await caller.sendRaw(
    'large headers',
    head(`GET ${github}/user HTTP/1.1`, `x-large: ${canary.repeat(2_000)}`),
  );
  await caller.sendRaw('no HTTP', `${canary} ${drive.backend}\r\n\r\n`);
  await caller.sendRaw('a header that is none', head(`GET ${github}/user HTTP/1.1`, `${canary}\u0001: x`));
  await caller.sendRaw('another version', head(`GET ${github}/user?x=${canary} HTTP/9.9`));
}

/** IdPs that answer oddly, or not, to calls that are passed on and to probes; and callers who hang up on them. */
export async function driveBadUpstreams({ installation, caller, drive }: ErrorDrive): Promise<void> {
  const { tenant } = installation;
  const github = `/v1/users/${encodedIdOf('ada')}/idp/github`;
  const asBackend = { token: drive.backend };
  const check = `/v1/users/${encodedIdOf('ada')}/identities/github/check`;
  for (const fault of Object.values(oddIdpAnswers)) {
    tenant.faults.add('idps', { pathPrefix: '/github/api', ...fault });
    for (const path of ['user', '_sample/echo']) await caller.call(`${github}/${path}`, asBackend);
    await caller.call(check, { method: 'POST', token: drive.operator });
    tenant.faults.clear();
    // The token is good, whatever the IdP said of it: without this nothing is called with it for a minute.
    await caller.call(check, { method: 'POST', token: drive.operator });
  }
  const samplePaths = [
    'drop?after=0',
    'drop?after=100',
    'slow?ms=2500',
    'stream?bytes=100000&pause_ms=600',
    'status-999',
    'redirect-with-token',
    `redirect?to=${encodeURIComponent(`http://u:${canary}@elsewhere.example/`)}`,
    `redirect?to=${encodeURIComponent('https://elsewhere.example/#access_token=x')}`,
    `redirect?to=${encodeURIComponent('https://[')}`,
    ...[400, 402, 405, 409, 410, 418, 422, 451, 501, 507].map((status) => `status/${status}`),
  ];
  for (const path of samplePaths) await caller.call(`${github}/_sample/${path}`, asBackend);
  await caller.call(`${github}/_sample/part?type=text/plain`, {
    ...asBackend,
    headers: { range: 'bytes=0-3' },
  });
  await caller.call(`${github}/_sample/too-large`, {
    method: 'POST',
    ...asBackend,
    body: canary.repeat(100_000),
  });
  // More at once than it takes on.
  const slow = `${github}/_sample/slow?ms=2500`;
  await Promise.all(Array.from({ length: 2 * mostCalls }, () => caller.call(slow, asBackend)));
  await driveHangUps({ tenant, caller, drive, github });

  // A token that has ended, and a body that is gone by the time there is a new one.
  tenant.control.expireToken({
    user_id: decodeURIComponent(encodedIdOf('ada')),
    connection: 'google-oauth2',
  });
  await caller.call(`/v1/users/${encodedIdOf('ada')}/idp/google-oauth2/_sample/echo`, {
    method: 'POST',
    ...asBackend,
    body: new Blob([canary]).stream(),
  });
}

async function driveHangUps({
  tenant,
  caller,
  drive,
  github,
}: Pick<ErrorDrive, 'caller' | 'drive'> & {
  readonly tenant: LocalTenant;
  readonly github: string;
}): Promise<void> {
  for (const [path, ...headers] of [
    ['echo', 'content-length: 1000000'],
    ['echo', 'transfer-encoding: chunked'],
    ['stream?bytes=100000000&pause_ms=1', 'content-length: 0'],
  ] as const) {
    const at = `/github/api/_sample/${path.split('?')[0] ?? ''}`;
    const before = tenant.faults.count('idps', { pathPrefix: at });
    const method = path === 'echo' ? 'POST' : 'GET';
    const body = path === 'echo' ? `5\r\n${canary}` : '';
    await caller.sendRaw(
      `a caller who hangs up on ${method} ${path}, ${headers.join()}`,
      [
        `${method} ${github}/_sample/${path} HTTP/1.1`,
        'host: localhost',
        `authorization: Bearer ${drive.backend}`,
        ...headers,
        '',
        body,
      ].join('\r\n'),
      () => tenant.faults.count('idps', { pathPrefix: at }) > before,
    );
  }
}

/** An Auth0 that answers oddly, or not: to reads of users, to searches, and to the relay's own client. */
export async function driveBadAuth0({ installation, caller, drive }: ErrorDrive): Promise<void> {
  const { tenant } = installation;
  const identities = () =>
    caller.call(`/v1/users/${encodedIdOf('ada')}/identities`, { token: drive.operator });
  const checkVault = () =>
    caller.call(`/v1/users/${encodedIdOf('radia')}/identities/google-vault/check`, {
      method: 'POST',
      token: drive.operator,
    });
  const reads = async (): Promise<void> => {
    await identities();
    await caller.call(`/v1/users/${encodedIdOf('linus')}/idp/github/user`, { token: drive.backend });
    await caller.call('/v1/users?q=ada', { token: drive.operator });
    await caller.call('/v1/tenant', { token: drive.operator });
    await caller.call('/readyz');
  };
  // After a failure the relay asks nobody for a while.
  const recovered = () => waitUntil(async () => (await identities()) === 200);
  for (const fault of Object.values(oddAuth0Answers)) {
    tenant.faults.add('management', fault);
    await reads();
    tenant.faults.clear();
    await recovered();
    // A token that the Management API refuses makes the relay get another one: its secret goes out.
    tenant.faults.add('management', { status: 401 });
    tenant.faults.add('authentication', { pathPrefix: '/oauth/token', ...fault });
    await identities();
    await caller.call('/readyz');
    tenant.faults.clear();
    await recovered();
    tenant.faults.add('authentication', { pathPrefix: '/oauth/token', ...fault });
    await checkVault();
    tenant.faults.clear();
  }
}

async function idTokenOf({ tenant, provisioned }: Installation): Promise<string> {
  const answer = await signIn({
    origin: tenant.origins.tenantHttp,
    clientId: provisioned.sampleProductClientId,
    redirectUri: tokenCallback,
    audience: provisioned.audience,
    as: { connection: 'github', login: 'ada' },
  });
  return answer.id_token ?? '';
}
