import { samplePassword, signIn, type Fault } from '@idp-relay/local-tenant';
import { tokenCallback, type Installation } from './installation.ts';
import { oddTokenAnswers } from './leak-answers.ts';
import type { ErrorDrive } from './leak-errors.ts';
import type { LeakRelay } from './leak-relay.ts';
import { waitUntil } from './leak-wait.ts';

const tokenEndpoint = '/bitbucket/site/oauth2/access_token';

/** Renewals that the IdP answers oddly: each with a user of its own, whose refresh token the IdP repeats. */
export async function driveBadRenewals(drive: ErrorDrive): Promise<void> {
  for (const [index, fault] of Object.values(oddTokenAnswers).entries()) {
    const userId = await signUp(drive.installation, `renewal-${index}`);
    await renewUnder(drive, userId, fault);
  }
}

async function renewUnder(
  { installation, caller, drive }: ErrorDrive,
  userId: string,
  fault: Fault,
): Promise<void> {
  const { tenant } = installation;
  const user = `/v1/users/${encodeURIComponent(userId)}`;
  tenant.faults.add('idps', { pathPrefix: tokenEndpoint, ...fault });
  await caller.call(`${user}/idp/bitbucket/2.0/user`, { token: drive.backend });
  await caller.call(`${user}/identities/bitbucket/check`, { method: 'POST', token: drive.operator });
  tenant.faults.clear();
  await caller.call(`${user}/identities`, { token: drive.operator });
  await caller.call(`${user}/idp/bitbucket/2.0/user`, { token: drive.backend });
}

/** A database that is gone: before a call, and in the middle of a renewal, whose answer is then all there is. */
export async function driveDatabaseDown(drive: ErrorDrive, relay: LeakRelay): Promise<void> {
  const { installation, caller } = drive;
  const { faults } = installation.tenant;
  const { operator: token, backend } = drive.drive;
  const [before, during] = [await signUp(installation, 'before'), await signUp(installation, 'during')];
  const path = (userId: string): string => `/v1/users/${encodeURIComponent(userId)}`;
  await relay.stopDatabase();
  await caller.call(`${path(before)}/idp/bitbucket/2.0/user`, { token: backend });
  await caller.call(`${path(before)}/identities`, { token });
  await caller.call(`${path(before)}/identities/bitbucket/check`, { method: 'POST', token });
  await caller.call(`${path(before)}/identities/bitbucket/revoke`, { method: 'POST', token });
  await caller.call('/v1/users?q=before', { token });
  await caller.call('/readyz');
  await relay.startDatabase();
  await waitUntil(async () => (await caller.call('/readyz')) === 200);

  const kept = await relay.keptTokenSets();
  faults.resetCounts();
  faults.add('idps', { pathPrefix: tokenEndpoint, delayMs: 500, times: 1 });
  const call = caller.call(`${path(during)}/idp/bitbucket/2.0/user`, { token: backend });
  await waitUntil(async () => faults.count('idps', { pathPrefix: tokenEndpoint }) > 0);
  await relay.stopDatabase();
  await call;
  await relay.startDatabase();
  await waitUntil(async () => (await relay.keptTokenSets()) > kept);
}

/** How long tokens of the sample Bitbucket live, in milliseconds. */
const lifetimeMs = 7_200_000;

/** A new account at the sample Bitbucket, whose owner signed in, and whose token has ended since. */
export async function signUp({ tenant, provisioned }: Installation, handle: string): Promise<string> {
  const id = `{${handle}}`;
  tenant.database.state.sampleIdps.accounts.push({
    strategy: 'bitbucket',
    id,
    login: handle,
    password: samplePassword({ handle }),
    name: handle,
    email: `${handle}@idp-relay.example`,
  });
  await signIn({
    origin: tenant.origins.tenantHttp,
    clientId: provisioned.sampleProductClientId,
    redirectUri: tokenCallback,
    audience: provisioned.audience,
    as: { connection: 'bitbucket', login: handle },
  });
  const userId = `bitbucket|${id}`;
  const user = tenant.database.state.users.find((candidate) => candidate.user_id === userId);
  if (user === undefined) throw new Error(`${handle} did not sign up.`);
  user.last_login = new Date(Date.now() - lifetimeMs).toISOString();
  tenant.control.expireToken({ user_id: userId, connection: 'bitbucket' });
  return userId;
}
