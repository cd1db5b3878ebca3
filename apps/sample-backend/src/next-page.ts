/**
 * The next page of a list, as a path at the relay: the path that was called, with the query of the `Link` header's `next`.
 * The header's own URL is the IdP's, which this backend cannot call. `undefined` on the last page.
 * @param path that was called, such as `/user/repos?per_page=100`
 * @param link value of the header, or `null`
 * @see https://www.rfc-editor.org/rfc/rfc8288
 * @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function nextPage(path: `/${string}`, link: string | null): `/${string}` | undefined {
  const next = /<([^>]*)>[^,<]*;\s*rel="?next"?(?:[;,\s]|$)/i.exec(link ?? '')?.[1];
  if (next === undefined) return undefined;
  const url = new URL(next, 'https://idp.invalid');
  return `/${path.slice(1).split('?')[0] ?? ''}${url.search}`;
}
