import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  audience,
  callback,
  manage,
  managementToken,
  postToken,
  startTestTenant,
  type Answer,
} from '../../test/requests.ts';
import { signIn, type LocalTenant } from '../index.ts';

const day = 86_400;

interface Login {
  /** Lets so many seconds pass. */
  readonly pass: (seconds: number) => void;
  readonly token: string;
  readonly refresh: (token: string) => Promise<Answer>;
  readonly set: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** Signs Ada in to a client with these settings of its refresh tokens. */
async function signInWith(settings: Readonly<Record<string, unknown>>): Promise<Login> {
  let now = Date.now();
  const tenant = await startTestTenant({ clock: { now: () => now } });
  const set = async (refresh_token: Readonly<Record<string, unknown>>): Promise<void> => {
    const answer = await manage(tenant, await managementToken(tenant), '/clients/spa', {
      method: 'PATCH',
      body: { refresh_token },
    });
    expect(answer.status).toBe(200);
  };
  await set(settings);
  const { refresh_token: token = '' } = await signInAda(tenant);
  return {
    pass: (seconds) => (now += seconds * 1000),
    token,
    refresh: (refresh_token) =>
      postToken(tenant, { grant_type: 'refresh_token', client_id: 'spa', refresh_token }),
    set,
  };
}

function signInAda(tenant: LocalTenant) {
  return signIn({
    origin: tenant.origins.tenantHttp,
    clientId: 'spa',
    redirectUri: callback,
    audience,
    scope: 'openid offline_access',
    as: { connection: 'github', login: 'ada' },
  });
}

const newToken = ({ body }: Answer): string => z.string().parse(body.refresh_token);
const ended = { status: 403, body: { error: 'invalid_grant' } };

describe('a refresh token that expires', () => {
  it('ends with its lifetime, however often it is used', async () => {
    const login = await signInWith({
      rotation_type: 'non-rotating',
      expiration_type: 'expiring',
      token_lifetime: 100,
      idle_token_lifetime: 60,
    });
    login.pass(50);
    expect((await login.refresh(login.token)).status).toBe(200);
    login.pass(49);
    expect((await login.refresh(login.token)).status).toBe(200);
    login.pass(1);
    expect(await login.refresh(login.token)).toMatchObject(ended);
  });

  it('ends when nobody used it for its idle lifetime', async () => {
    const login = await signInWith({
      rotation_type: 'non-rotating',
      expiration_type: 'expiring',
      token_lifetime: 1000,
      idle_token_lifetime: 60,
    });
    login.pass(60);
    expect(await login.refresh(login.token)).toMatchObject(ended);
  });

  it('hands its end on to the tokens that replace it', async () => {
    const login = await signInWith({
      rotation_type: 'rotating',
      expiration_type: 'expiring',
      token_lifetime: 100,
      infinite_idle_token_lifetime: true,
    });
    login.pass(90);
    const second = await login.refresh(login.token);
    login.pass(9);
    const third = await login.refresh(newToken(second));
    expect(third.status).toBe(200);
    login.pass(1);
    expect(await login.refresh(newToken(third))).toMatchObject(ended);
  });

  it('lives thirty days where no lifetime is set', async () => {
    const login = await signInWith({ rotation_type: 'non-rotating', expiration_type: 'expiring' });
    login.pass(29 * day);
    expect((await login.refresh(login.token)).status).toBe(200);
    login.pass(day);
    expect(await login.refresh(login.token)).toMatchObject(ended);
  });

  it('keeps the end that it was issued with, and the idle lifetime that is set now', async () => {
    const settings = { rotation_type: 'non-rotating', expiration_type: 'expiring' };
    const login = await signInWith({ ...settings, token_lifetime: 100 });
    await login.set({ ...settings, token_lifetime: 1000 });
    login.pass(99);
    expect((await login.refresh(login.token)).status).toBe(200);
    login.pass(1);
    expect(await login.refresh(login.token)).toMatchObject(ended);
  });
});

it('a refresh token that does not expire is good after years', async () => {
  const login = await signInWith({
    rotation_type: 'non-rotating',
    expiration_type: 'non-expiring',
    token_lifetime: 100,
    idle_token_lifetime: 60,
  });
  login.pass(3000 * day);
  expect((await login.refresh(login.token)).status).toBe(200);
});

describe('leeway', () => {
  const settings = { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 10 };

  it('lets a token that was just rotated be used again, for clients whose answer got lost', async () => {
    const login = await signInWith(settings);
    const first = await login.refresh(login.token);
    login.pass(10);
    const second = await login.refresh(login.token);
    expect(second.status).toBe(200);
    expect((await login.refresh(newToken(first))).status).toBe(200);
  });

  it('is for the previous token alone', async () => {
    const login = await signInWith(settings);
    const second = await login.refresh(login.token);
    const third = await login.refresh(newToken(second));
    expect(await login.refresh(login.token)).toMatchObject(ended);
    expect(await login.refresh(newToken(third))).toMatchObject(ended);
  });

  it('ends', async () => {
    const login = await signInWith(settings);
    const second = await login.refresh(login.token);
    login.pass(11);
    expect(await login.refresh(login.token)).toMatchObject(ended);
    expect(await login.refresh(newToken(second))).toMatchObject(ended);
  });
});
