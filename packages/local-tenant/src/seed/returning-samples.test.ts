import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callback, manage, managementToken, startTestTenant } from '../../test/requests.ts';
import { signIn, type LocalTenant } from '../index.ts';

const userId = 'google-oauth2|110058291473650182735';
const margaret = { user_id: userId, connection: 'google-oauth2' };
const User = z.object({
  last_login: z.string(),
  identities: z.tuple([z.object({ access_token: z.string().optional(), expires_in: z.number().optional() })]),
});

/** A tenant whose clock the test moves, and what the Management API says of Margaret. */
async function watchMargaret() {
  let now = Date.now();
  const tenant = await startTestTenant({ clock: { now: () => now } });
  const read = async (path = `/users/${encodeURIComponent(userId)}`) => {
    const { json } = await manage(tenant, await managementToken(tenant), path);
    const user = User.parse(Array.isArray(json) ? json[0] : json);
    const [{ access_token: token, expires_in: lifetime = 0 }] = user.identities;
    return { token, secondsLeft: (Date.parse(user.last_login) - now) / 1000 + lifetime };
  };
  return { tenant, read, pass: (minutes: number) => (now += minutes * 60_000) };
}

const callGoogle = (tenant: LocalTenant, token = '') =>
  fetch(`${tenant.origins.idpsHttp}/google-oauth2/api/oauth2/v3/userinfo`, {
    headers: { authorization: `Bearer ${token}` },
  });

describe('Margaret, whose token is always about to end', () => {
  it('has between two and five minutes left, whenever one looks', async () => {
    const { tenant, read, pass } = await watchMargaret();
    for (const minutes of [0, 1, 2, 1, 1, 30, 600, 20_000]) {
      pass(minutes);
      const { token, secondsLeft } = await read();
      expect(secondsLeft).toBeGreaterThanOrEqual(120);
      expect(secondsLeft).toBeLessThanOrEqual(300);
      expect((await callGoogle(tenant, token)).status).toBe(200);
    }
  });

  it('is so in searches, too', async () => {
    const { read, pass } = await watchMargaret();
    pass(600);
    const search = new URLSearchParams({ q: `user_id:"${userId}"` });
    expect((await read(`/users?${search.toString()}`)).secondsLeft).toBeGreaterThanOrEqual(120);
  });

  it('keeps a token to its end: what was found out of one is never true of another', async () => {
    const { tenant, read, pass } = await watchMargaret();
    const { token: first } = await read();
    pass(60);
    const { token: second } = await read();
    expect(second).not.toBe(first);
    expect((await callGoogle(tenant, first)).status).toBe(401);
  });

  it.each([['expireToken'], ['revokeToken'], ['dropToken']] as const)(
    'stays as she is after %s',
    async (act) => {
      const { tenant, read, pass } = await watchMargaret();
      const { token } = await read();
      tenant.control[act](margaret);
      pass(10);
      const after = await read();
      expect(after.token).toBe(act === 'dropToken' ? undefined : token);
      expect((await callGoogle(tenant, after.token)).status).toBe(401);
    },
  );

  it('really signs in like anybody else', async () => {
    const { tenant, read } = await watchMargaret();
    await signIn({
      origin: tenant.origins.tenantHttp,
      clientId: 'spa',
      redirectUri: callback,
      as: { connection: 'google-oauth2', login: 'margaret' },
    });
    expect((await read()).secondsLeft).toBeGreaterThan(3500);
  });
});
