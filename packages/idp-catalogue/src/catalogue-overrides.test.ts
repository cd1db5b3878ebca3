import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogueError, parseCatalogueOverrides } from './index.ts';

const refused = (document: unknown): string => {
  try {
    parseCatalogueOverrides(document);
  } catch (error) {
    if (error instanceof CatalogueError) return error.message;
    throw error;
  }
  throw new Error('the overrides were accepted');
};

describe('parseCatalogueOverrides', () => {
  it.each([
    ['http', 'http://api.acme.example'],
    ['a wildcard host', 'https://*.acme.example'],
    ['a template', 'https://{tenant}.acme.example'],
    ['a trailing slash', 'https://api.acme.example/'],
    ['a user', 'https://user@api.acme.example'],
    ['a query', 'https://api.acme.example?x=1'],
    ['a fragment', 'https://api.acme.example#x'],
    ['dot segments', 'https://api.acme.example/a/../b'],
    ['a backslash', 'https://api.acme.example\\@evil.example'],
    ['capital letters in the host', 'https://API.acme.example'],
    ['a default port', 'https://api.acme.example:443'],
  ])('refuses a base URL with %s, naming the field', (_what, url) => {
    expect(refused({ acme: { apiBaseUrls: [url] } })).toMatch(/^acme\.apiBaseUrls\.0: must be an https URL/);
  });

  it('names unknown fields and unknown grounds', () => {
    expect(refused({ acme: { apiOrigins: [] } })).toContain('apiOrigins');
    expect(refused({ acme: { extends: 'gitlob' } })).toBe(
      'acme.extends: "gitlob" is neither a strategy nor a preset',
    );
  });

  it('accepts a port and a base path, as for IdPs inside a company', () => {
    const overrides = parseCatalogueOverrides({
      acme: { extends: 'github', apiBaseUrls: ['https://localhost:8444/github/api'] },
    });
    expect(overrides.get('acme')).toMatchObject({ name: 'acme', strategy: 'github', relayable: 'yes' });
  });

  it('never accepts a base URL that is not https', () => {
    fc.assert(
      fc.property(
        fc.webUrl({
          withQueryParameters: true,
          withFragments: true,
          validSchemes: ['http', 'https', 'ftp', 'file', 'ws'],
        }),
        (url) => {
          let accepted = true;
          try {
            parseCatalogueOverrides({ acme: { apiBaseUrls: [url] } });
          } catch {
            accepted = false;
          }
          return !accepted || (url.startsWith('https://') && !/[?#@]/.test(url));
        },
      ),
    );
  });
});
