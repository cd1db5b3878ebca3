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

  it('accepts signals with alternatives, and probes by path', () => {
    const fields = {
      expiredSignal: [
        { status: [200], jsonPointer: '/error_code', in: [110, '111'] },
        { status: [401], header: { name: 'WWW-Authenticate', contains: 'invalid_token' } },
      ],
      missingScopeSignal: [
        { status: [403], jsonPointer: '/code', range: { from: 200, to: 299 } },
        { status: [403], jsonPointer: '/error/required' },
      ],
      probe: {
        method: 'GET',
        path: '/me?fields=id',
        expectStatus: 200,
        badTokenStatus: [200],
        okWhen: { jsonPointer: '/error_code', absent: true },
      },
    };
    expect(parseCatalogueOverrides({ acme: fields }).get('acme')).toMatchObject(fields);
  });

  const probe = {
    method: 'GET',
    url: 'https://api.acme.example/me',
    expectStatus: 200,
    badTokenStatus: [401],
  };
  const introspection = {
    method: 'POST',
    url: 'https://api.acme.example/introspect',
    credentials: 'clientBasic',
    body: { form: { token: '{access_token}' } },
  };
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a 401 as a dead token, since it is about the client',
      { introspection: { ...introspection, badTokenStatus: [401] } },
      'acme.introspection.badTokenStatus: cannot hold 401',
    ],
    [
      'an introspection that leaves the token out',
      { introspection: { ...introspection, body: { form: { token: 'access_token' } } } },
      'acme.introspection: must say where the token goes: {access_token} in url or body',
    ],
    [
      'an introspection in two places',
      { introspection: { ...introspection, path: '/introspect' } },
      'acme.introspection: needs either url or path',
    ],
    [
      'an introspection in the clear',
      { introspection: { ...introspection, url: 'http://api.acme.example' } },
      'acme.introspection.url: ',
    ],
    [
      'a signal that is no list',
      { expiredSignal: { status: [401] } },
      'acme.expiredSignal: Invalid input: expected array',
    ],
    [
      'an unknown field of a signal',
      { expiredSignal: [{ status: [400], jsonPointer: '/code', equals: 1 }] },
      'acme.expiredSignal.0: Unrecognized key: "equals"',
    ],
    [
      'a success that stands alone',
      { expiredSignal: [{ status: [401] }, { status: [200] }] },
      'acme.expiredSignal.1.status: below 400 needs jsonPointer or header',
    ],
    [
      'values of no field',
      { missingScopeSignal: [{ status: [403], in: [1] }] },
      'acme.missingScopeSignal.0: needs jsonPointer',
    ],
    [
      'values and a range',
      { missingScopeSignal: [{ status: [403], jsonPointer: '/c', in: [1], range: { from: 2, to: 3 } }] },
      'acme.missingScopeSignal.0.range: cannot stand beside in',
    ],
    ['url and path', { probe: { ...probe, path: '/me' } }, 'acme.probe: needs either url or path'],
    ['neither', { probe: { ...probe, url: undefined } }, 'acme.probe: needs either url or path'],
    [
      'a condition that wants two things',
      { probe: { ...probe, okWhen: { jsonPointer: '/ok', equals: true, absent: true } } },
      'acme.probe.okWhen: needs either equals or absent',
    ],
  ])('refuses %s, naming the field', (_what, fields, message) => {
    expect(refused({ acme: fields })).toContain(message);
  });

  it('accepts an introspection by RFC 7662, and one in an IdP’s own words', () => {
    const own = {
      ...introspection,
      okWhen: { jsonPointer: '/valid', equals: true },
      badTokenStatus: [200, 404],
      refusedClientSignal: [{ status: [400], jsonPointer: '/code', in: ['bad_app'] }],
      scopesFrom: { jsonPointer: '/scopes' },
      expiresFrom: { jsonPointer: '/ends', unit: 'dateTime' },
    };
    const overrides = parseCatalogueOverrides({ acme: { introspection }, other: { introspection: own } });
    expect(overrides.get('acme')?.introspection).toEqual(introspection);
    expect(overrides.get('other')?.introspection).toEqual(own);
  });

  it.each(['me', '//evil.example', '/a/../b', '/a/%2E./b', '/{tenant}/me', '/me#x', '/\\evil.example'])(
    'refuses the probe path %s',
    (path) => {
      expect(refused({ acme: { probe: { ...probe, url: undefined, path } } })).toContain(
        'acme.probe.path: must begin with one slash',
      );
    },
  );

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
