import { canary, signIn } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, options } from '../test/change-connection.ts';
import { callback, startHealthyTenant, type HealthyTenant } from '../test/healthy-tenant.ts';
import { makeReader } from '../test/make-reader.ts';
import type { Changed } from '../test/test-findings.ts';
import { userChecks } from './checks/all-checks.ts';
import { examineUser, type UserExamination } from './index.ts';

let healthy: HealthyTenant;
beforeAll(async () => {
  healthy = await startHealthyTenant();
});
afterAll(() => healthy.tenant.close());

const ada = 'github|1001';
const alan = 'google-oauth2|117351892654910220364';
const katherine = 'oauth2|acme-crm|katherine';
const examine = (userId: string, { expected }: Changed = {}): Promise<UserExamination> =>
  examineUser(healthy.reader(), { ...healthy.expected, ...expected }, userId);
const signInAgain = async (
  connection: string,
  login: string,
  offline?: { readonly accessType: string; readonly prompt: string },
) => {
  await signIn({
    origin: healthy.tenant.origins.tenantHttp,
    clientId: healthy.ids.product,
    redirectUri: callback,
    as: { connection, login },
    ...offline,
  });
  return undefined;
};

interface Row {
  readonly code: string;
  readonly userId: string;
  readonly mendedUserId?: string;
  readonly subject: string;
  readonly evidence: string;
  readonly fix: string;
  readonly break: () => Promise<Changed | undefined> | Changed | undefined;
  readonly mend: () => Promise<Changed | undefined> | Changed | undefined;
}

const rows: readonly Row[] = [
  {
    code: 'user_not_found',
    userId: 'github|none',
    mendedUserId: ada,
    subject: 'user',
    evidence: '404',
    fix: 'Check the user_id',
    break: () => undefined,
    mend: () => undefined,
  },
  {
    code: 'user_blocked',
    userId: ada,
    subject: ada,
    evidence: 'blocked: true',
    fix: 'Unblock',
    break: () => {
      healthy.tenant.control.setBlocked(ada, true);
      return undefined;
    },
    mend: () => {
      healthy.tenant.control.setBlocked(ada, false);
      return undefined;
    },
  },
  {
    code: 'user_token_missing',
    userId: ada,
    subject: 'github (1001)',
    evidence: 'Auth0 holds no access token',
    fix: 'sign in again',
    break: () => {
      healthy.tenant.control.dropToken({ user_id: ada, connection: 'github' });
      return undefined;
    },
    mend: () => signInAgain('github', 'ada'),
  },
  {
    code: 'user_token_ended',
    userId: alan,
    subject: 'google-oauth2 (117351892654910220364)',
    evidence: 'The token has ended, and no refresh token is stored.',
    fix: 'sign in again',
    break: () => undefined,
    mend: () => signInAgain('google-oauth2', 'alan'),
  },
  {
    code: 'user_refresh_token_missing',
    userId: alan,
    subject: 'google-oauth2 (117351892654910220364)',
    evidence: 'access token: stored; refresh token: none; ends ',
    fix: 'access_type=offline',
    break: () => signInAgain('google-oauth2', 'alan'),
    mend: () => signInAgain('google-oauth2', 'alan', { accessType: 'offline', prompt: 'consent' }),
  },
  {
    code: 'user_token_not_relayable',
    userId: katherine,
    subject: 'acme-crm (acme-crm|katherine)',
    evidence: 'has no HTTP API that it could be sent to',
    fix: 'apiBaseUrls',
    break: () =>
      file(
        "acme-crm: { catalogue: { extends: oauth2, apiBaseUrls: ['https://crm.example.com'] } }",
        '',
      )(healthy),
    mend: () => undefined,
  },
];

it('every check of a user has a row', () => {
  expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(userChecks.map(({ code }) => code)));
});

describe.each(rows)('$code', (row) => {
  it('is found, and gone once what it says is done', async () => {
    const check = userChecks.find(({ code }) => code === row.code);
    const broken = await examine(row.userId, await row.break());
    expect(broken.findings.find(({ code }) => code === row.code)).toMatchObject({
      severity: check?.severity,
      title: check?.title,
      subject: row.subject,
      evidence: expect.stringContaining(row.evidence) as unknown,
      fix: expect.stringContaining(row.fix) as unknown,
    });
    const mended = await examine(row.mendedUserId ?? row.userId, await row.mend());
    expect(mended.passed).toContain(row.code);
  });
});

describe('the walk from an identity to its token', () => {
  const walkOf = async (userId: string, connection: string) =>
    (await examine(userId)).identities?.find((identity) => identity.connection === connection);

  it('names everything that stands in the way of a token', async () => {
    healthy.tenant.control.dropToken({ user_id: ada, connection: 'github' });
    await options('github', { client_id: undefined })(healthy);
    await healthy.api('PATCH', `/client-grants/${healthy.ids.relayGrant}`, { scope: ['read:users'] });
    const github = await walkOf(ada, 'github');
    expect(github).toMatchObject({ hasAccessToken: false, verdict: { state: 'missing' } });
    expect(github?.walk.filter(({ outcome }) => outcome === 'in_the_way').map(({ check }) => check)).toEqual([
      'relay_grant_lacks_scope',
      'connection_developer_keys',
      undefined,
    ]);
    await options('github')(healthy);
    await healthy.api('PATCH', `/client-grants/${healthy.ids.relayGrant}`, {
      scope: ['read:users', 'read:user_idp_tokens'],
    });
    await signInAgain('github', 'ada');
    const after = await walkOf(ada, 'github');
    expect(after?.walk.every(({ outcome }) => outcome === 'fine')).toBe(true);
    expect(after).toMatchObject({ hasAccessToken: true, verdict: { state: 'usable' } });
  });

  it('ends at once where the strategy gives no token', async () => {
    const donald = 'auth0|64f0c0ffee5eed0000000a01';
    for (const connection of ['Username-Password-Authentication', 'acme-saml']) {
      const identity = await walkOf(donald, connection);
      expect(identity?.verdict.state).toBe('not_applicable');
      expect(identity?.walk).toEqual([
        { outcome: 'in_the_way', text: expect.stringContaining('give no OAuth token') as unknown },
      ]);
    }
  });

  it('knows of Token Vault by the tenant, where no file says so', async () => {
    const { configuration: _without, ...expected } = healthy.expected;
    const radia = 'google-oauth2|101928374655647382910';
    const examination = await examineUser(healthy.reader(), expected, radia);
    expect(examination.identities).toMatchObject([
      { connection: 'google-vault', hasAccessToken: false, verdict: { state: 'in_token_vault' } },
    ]);
  });
});

it('holds no token and no secret', async () => {
  for (const userId of [ada, alan, katherine])
    expect(JSON.stringify(await examine(userId))).not.toContain(canary);
});

it('says which scope lacks for looking at tokens, and tells the rest', async () => {
  const reader = await makeReader(healthy, ['read:users', 'read:connections']);
  healthy.tenant.control.setBlocked(ada, true);
  const { identities, findings, notMade } = await examineUser(reader, healthy.expected, ada);
  healthy.tenant.control.setBlocked(ada, false);
  expect(identities).toBeUndefined();
  expect(findings.map(({ code }) => code)).toContain('user_blocked');
  expect(notMade).toContainEqual({
    check: 'user_token_missing',
    reason: 'the token lacks the scope read:user_idp_tokens',
    missingScope: 'read:user_idp_tokens',
  });
});
