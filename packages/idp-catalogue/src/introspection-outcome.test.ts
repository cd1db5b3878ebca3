import { describe, expect, it } from 'vitest';
import { createCatalogue, readIntrospection, type IntrospectionOutcome } from './index.ts';

const catalogue = createCatalogue();

/** What the introspection of a strategy says by an answer. */
function outcome(strategy: string, status: number, body: unknown): IntrospectionOutcome {
  const introspection = catalogue.find({ strategy, connection: strategy })?.introspection;
  if (introspection === undefined) throw new Error(`${strategy} has none`);
  return readIntrospection(introspection, { status, headers: {}, body });
}

it.each<[string, number, unknown, IntrospectionOutcome]>([
  ['okta', 200, { active: true, scope: 'openid' }, 'active'],
  ['okta', 200, { active: false }, 'inactive'],
  ['okta', 200, { active: 'false' }, 'inconclusive'],
  ['salesforce', 200, { active: false }, 'inactive'],
  ['linkedin', 200, { active: false, status: 'expired' }, 'inactive'],
  ['linkedin', 400, { error: 'invalid_request' }, 'inconclusive'],
  ['facebook', 200, { data: { is_valid: true } }, 'active'],
  ['facebook', 200, { data: { is_valid: false, error: { code: 190 } } }, 'inactive'],
  // The same code as for a dead token, and here it is about the app's own.
  ['facebook', 400, { error: { code: 190 } }, 'client_refused'],
  ['facebook', 400, { error: { code: 4 } }, 'inconclusive'],
  ['github', 200, { token: 't', scopes: [] }, 'active'],
  ['github', 404, { message: 'Not Found' }, 'inactive'],
  ['github', 404, undefined, 'inconclusive'],
  ['github', 422, { message: 'Validation Failed' }, 'inconclusive'],
  ['wordpress', 200, { client_id: '1', scope: 'global' }, 'active'],
  ['wordpress', 400, { error: 'invalid_token' }, 'inactive'],
  ['wordpress', 400, { error: 'invalid_client' }, 'client_refused'],
])('%s: %i %j is %s', (strategy, status, body, expected) => {
  expect(outcome(strategy, status, body)).toBe(expected);
});

describe.each(['facebook', 'github', 'linkedin', 'okta', 'salesforce', 'wordpress'])('%s', (strategy) => {
  it.each([{ active: false }, { message: 'Bad credentials' }, undefined])(
    'a 401 with %j is about the client',
    (body) => {
      expect(outcome(strategy, 401, body)).toBe('client_refused');
    },
  );
  it.each([200, 404, 429, 500])('%i with something else than an object says nothing', (status) => {
    for (const body of [undefined, 'text', [], [true], null])
      expect(outcome(strategy, status, body)).toBe('inconclusive');
  });
});
