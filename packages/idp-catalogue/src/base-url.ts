import { z } from 'zod';

/**
 * An absolute https URL that calls may be confined to: a host of its own (no wildcard, no template), and nothing that
 * could move the target elsewhere.
 */
export const BaseUrl = z
  .string()
  .refine(
    isBaseUrl,
    'must be an https URL without user, query, fragment, wildcard, template or trailing slash',
  );

function isBaseUrl(text: string): boolean {
  if (/[*{}\\?#@\s]/.test(text) || text.endsWith('/')) return false;
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.hostname !== '' && url.href.replace(/\/$/, '') === text;
}
