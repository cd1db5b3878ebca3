/**
 * What the dashboard's page may load and reach: its own files, the API that served it and the tenant.
 * The nonce is for the style elements that the component library writes; there is no inline script.
 * @param nonce fresh for every answer
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy(tenantOrigin: string, nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${tenantOrigin}`,
    // Sessions are renewed silently in a hidden frame of the tenant's.
    `frame-src ${tenantOrigin}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
