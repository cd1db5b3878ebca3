import { oddIntrospections } from './leak-answers.ts';
import type { ErrorDrive } from './leak-errors.ts';
import { signUp } from './leak-renewals.ts';

/** Introspections that the IdP answers oddly: beside a probe that works, and alone where the probe says nothing. */
export async function driveBadIntrospections({ installation, caller, drive }: ErrorDrive): Promise<void> {
  const { faults } = installation.tenant;
  const userId = await signUp(installation, 'introspection');
  const check = (): Promise<unknown> =>
    caller.call(`/v1/users/${encodeURIComponent(userId)}/identities/bitbucket/check`, {
      method: 'POST',
      token: drive.operator,
    });
  for (const fault of Object.values(oddIntrospections)) {
    faults.add('idps', { pathPrefix: '/bitbucket/site/oauth2/introspect', ...fault });
    await check();
    faults.add('idps', { pathPrefix: '/bitbucket/api', status: 503 });
    await check();
    faults.clear();
  }
}
