import type { Connection } from '../connections/connections-query.ts';
import type { InspectedIdentity } from './user-query.ts';

/**
 * A relayed call of one identity as a line for a shell, made by a backend. The access token is a variable of the
 * shell's: nothing secret is copied.
 * @param connection tells a path that the policy lets through; where none is plain, `PATH` stands there to be replaced
 */
export function curlLine(
  origin: string,
  userId: string,
  identity: InspectedIdentity,
  connection: Connection | undefined,
): string {
  const path = plainPathOf(connection) ?? '/PATH';
  const url = new URL(
    `/v1/users/${encodeURIComponent(userId)}/idp/${encodeURIComponent(identity.connection)}${path}`,
    origin,
  );
  url.searchParams.set('identity', identity.idp_user_id);
  // Ids are whatever an IdP made up; an apostrophe would end the shell's quotes.
  return `curl -H "Authorization: Bearer $RELAY_TOKEN" '${url.href.replaceAll("'", '%27')}'`;
}

/** The first path that may be read as it stands: without names or wildcards. */
function plainPathOf(connection: Connection | undefined): string | undefined {
  return connection?.rules
    .filter(({ methods, base_urls: baseUrls }) => methods.includes('GET') && baseUrls === undefined)
    .flatMap(({ paths }) => paths)
    .find((path) => !/[:*{}()]/.test(path));
}
