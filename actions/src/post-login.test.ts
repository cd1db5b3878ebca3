import { once } from 'node:events';
import { createServer } from 'node:net';
import { decodeJwt } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noticeSecret, serve, startNoticeReceiver } from '../test/notice-receiver.ts';
import {
  claimsOf,
  lastConsole,
  otherAudience,
  refresh,
  relayAudience,
  signInAda,
  startTenantWithAction,
} from '../test/tenant-with-action.ts';
import { connectionsClaim } from './connections-claim.ts';

const identities = [
  { connection: 'github', provider: 'github', user_id: '1001' },
  { connection: 'google-oauth2', provider: 'google-oauth2', user_id: expect.any(String) as unknown },
];
const connections = ['github', 'google-oauth2'];
/** A tenant whose Action reaches a relay. */
const startBoth = async () => {
  const { url, notices } = await startNoticeReceiver();
  const secrets = { RELAY_URL: url, RELAY_AUDIENCE: relayAudience, NOTICE_SECRET: noticeSecret };
  return { tenant: await startTenantWithAction(secrets), notices };
};

describe('the deployed Action', () => {
  it('tells the relay of a sign-in, and the app of the user’s connections', async () => {
    const { tenant, notices } = await startBoth();
    const before = Date.now();
    expect(await claimsOf(tenant)).toMatchObject({ [connectionsClaim]: connections });
    expect(notices).toMatchObject([{ user_id: 'github|1001', connection: 'github', identities }]);
    expect(Date.parse(notices[0]?.signed_in_at ?? '')).toBeGreaterThanOrEqual(before);
    expect(await lastConsole(tenant)).toEqual([]);
  });

  it('writes no claim into tokens of other APIs, nor into ID tokens, but tells of those sign-ins too', async () => {
    const { tenant, notices } = await startBoth();
    const { access_token: token, id_token: idToken = '' } = await signInAda(tenant, {
      audience: otherAudience,
    });
    for (const other of [token, idToken, (await signInAda(tenant)).id_token ?? ''])
      expect(decodeJwt(other)).not.toHaveProperty([connectionsClaim]);
    expect(notices).toHaveLength(2);
  });

  it('writes the claim again at a refresh token exchange, at which nobody signs in', async () => {
    const { tenant, notices } = await startBoth();
    const { refresh_token: token = '' } = await signInAda(tenant, { scope: 'openid offline_access' });
    expect(notices.splice(0)).toHaveLength(1);
    expect(await refresh(tenant, token)).toMatchObject({ [connectionsClaim]: connections });
    expect(notices).toEqual([]);
    expect(await lastConsole(tenant)).toEqual([]);
  });
});

const closedPort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
};
const gibberish = async (): Promise<string> => {
  const server = createServer((socket) => socket.end('SSH-2.0-nonsense\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
};
/** What becomes of the relay, and what the Action writes of it. */
const troubles: readonly (readonly [what: string, url: () => Promise<string>, line: string])[] = [
  ['is down', closedPort, 'the relay cannot be reached'],
  ['never answers', () => serve(() => undefined), 'the relay did not answer in time'],
  ['speaks another protocol', gibberish, 'the relay cannot be reached'],
  ['fails', () => serve((_request, reply) => reply.writeHead(500).end('no')), 'the relay answered 500'],
  [
    'sends a page that does not end',
    () => serve((_request, reply) => reply.writeHead(200).write('<p>')),
    'the relay answered 200',
  ],
  ['has an address that is none', async () => 'relay', 'RELAY_URL is not a URL'],
  ['has an address that cannot be called', async () => 'ftp://127.0.0.1', 'the relay cannot be reached'],
];

describe('a login does not fail by a relay that', () => {
  it.each(troubles)('%s', async (_what, url, line) => {
    const tenant = await startTenantWithAction({
      RELAY_URL: await url(),
      RELAY_AUDIENCE: relayAudience,
      NOTICE_SECRET: noticeSecret,
    });
    expect(await claimsOf(tenant)).toMatchObject({ sub: 'github|1001', [connectionsClaim]: connections });
    expect(await lastConsole(tenant)).toEqual([`idp-relay: sign-in not told: ${line}`]);
  });

  it('sends it elsewhere, where the notice does not go', async () => {
    const { url, notices } = await startNoticeReceiver();
    const redirect = await serve((request, reply) => {
      reply.writeHead(307, { location: `${url}${request.url ?? ''}` }).end();
    });
    const tenant = await startTenantWithAction({ RELAY_URL: redirect, NOTICE_SECRET: noticeSecret });
    await signInAda(tenant);
    expect(await lastConsole(tenant)).toEqual(['idp-relay: sign-in not told: the relay answered 307']);
    expect(notices).toEqual([]);
  });

  it('refuses the notice, signed by another secret', async () => {
    const { url, notices } = await startNoticeReceiver();
    const tenant = await startTenantWithAction({ RELAY_URL: url, NOTICE_SECRET: 'another' });
    await signInAda(tenant);
    expect(await lastConsole(tenant)).toEqual(['idp-relay: sign-in not told: the relay answered 401']);
    expect(notices).toEqual([]);
  });
});

it.each([
  [{ NOTICE_SECRET: noticeSecret }, 'RELAY_URL is missing'],
  [{ RELAY_URL: 'https://relay.example' }, 'NOTICE_SECRET is missing'],
])('a login does not fail by missing secrets: %#', async (secrets, line) => {
  const tenant = await startTenantWithAction(secrets);
  const claims = await claimsOf(tenant);
  expect(claims.sub).toBe('github|1001');
  expect(claims).not.toHaveProperty([connectionsClaim]);
  expect(await lastConsole(tenant)).toEqual([`idp-relay: sign-in not told: ${line}`]);
});
