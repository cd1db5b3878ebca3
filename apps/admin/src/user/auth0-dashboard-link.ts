/**
 * The page of a user in Auth0's own dashboard. `undefined` for a tenant that is not at auth0.com, such as the local one.
 * @param domain the tenant's own domain: `{tenant}.auth0.com` of the first US region, or `{tenant}.{region}.auth0.com`
 */
export function auth0DashboardLink(domain: string, userId: string): string | undefined {
  const [, tenant, region = 'us'] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+))?\.auth0\.com$/i.exec(domain) ?? [];
  if (tenant === undefined) return undefined;
  return `https://manage.auth0.com/dashboard/${region}/${tenant}/users/${encodeURIComponent(userId)}`;
}
