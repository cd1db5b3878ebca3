import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { User } from '../state/tenant-state.ts';

/** The user of the database connection with that e-mail address and password. */
export function findDatabaseUser(
  { database }: LocalTenantContext,
  email: string,
  password: string,
): User | undefined {
  return database.state.users.find(
    (user) => user.email === email && user.password !== undefined && user.password === password,
  );
}

/** Notes a login in the user's profile. */
export function recordLogin({ database, clock }: LocalTenantContext, user: User, ip: string): void {
  const now = isoTime(clock.now());
  user.last_login = now;
  user.updated_at = now;
  user.last_ip = ip;
  user.logins_count += 1;
  database.save();
}
