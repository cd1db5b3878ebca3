import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';
import { databasesOf } from './enabled-connections.ts';

/** The user with that e-mail address and password, in a database connection that is enabled for the client. */
export function findDatabaseUser(
  { database }: LocalTenantContext,
  client: Client,
  email: string,
  password: string,
): User | undefined {
  const databases = databasesOf(database.state, client);
  return database.state.users.find(
    (user) =>
      user.email === email &&
      user.password !== undefined &&
      user.password === password &&
      user.identities.some(({ connection }) => databases.includes(connection)),
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
