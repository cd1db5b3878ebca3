import { describe, expect, it } from 'vitest';
import { createCatalogue, mayTellByBody, meetsCondition, readTokenFate, type TokenFate } from './index.ts';

const catalogue = createCatalogue();
const entryOf = (name: string) => {
  const entry = catalogue.entries().find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`no entry ${name}`);
  return entry;
};
const bearerError = (error: string) => ({ 'www-authenticate': `Bearer realm="x", error="${error}"` });

describe('readTokenFate', () => {
  it.each<[string, number, unknown, TokenFate]>([
    ['dropbox', 401, { error: { '.tag': 'expired_access_token' } }, 'refused'],
    ['dropbox', 401, { error: { '.tag': 'missing_scope' } }, 'missing_scope'],
    ['weibo', 403, { error_code: 21327 }, 'refused'],
    ['weibo', 403, { error_code: '21332' }, 'refused'],
    ['weibo', 403, { error_code: 10023 }, 'none'],
    ['baidu', 200, { error_code: 110 }, 'refused'],
    ['baidu', 200, { error_code: 111 }, 'refused'],
    ['baidu', 200, { uname: 'x' }, 'none'],
    ['wordpress', 400, { error: 'invalid_token' }, 'refused'],
    ['wordpress', 400, { error: 'invalid_input' }, 'none'],
    ['amazon', 400, { error: 'invalid_token' }, 'refused'],
    ['dwolla', 401, { code: 'InvalidAccessToken' }, 'refused'],
    ['linkedin', 401, { serviceErrorCode: 65601 }, 'refused'],
    ['linkedin', 403, { code: 'ACCESS_DENIED' }, 'missing_scope'],
    ['facebook', 400, { error: { code: 190 } }, 'refused'],
    ['facebook', 403, { error: { code: 10 } }, 'missing_scope'],
    ['facebook', 400, { error: { code: 200 } }, 'missing_scope'],
    ['facebook', 400, { error: { code: 299 } }, 'missing_scope'],
    ['facebook', 400, { error: { code: 300 } }, 'none'],
    ['facebook', 400, { error: { code: 4 } }, 'none'],
    ['facebook', 400, undefined, 'none'],
    [
      'google-oauth2',
      403,
      { error: { details: [{}, { reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } },
      'missing_scope',
    ],
    ['google-oauth2', 403, { error: { errors: [{ reason: 'quotaExceeded' }] } }, 'none'],
    ['box', 403, { code: 'insufficient_scope' }, 'missing_scope'],
    ['box', 403, { code: 'storage_limit_exceeded' }, 'none'],
    ['bitbucket', 403, { error: { detail: { required: ['account'], granted: [] } } }, 'missing_scope'],
    ['bitbucket', 403, { error: { message: 'no' } }, 'none'],
    ['slack', 200, { ok: false, error: 'token_revoked' }, 'refused'],
    ['slack', 200, { ok: false, error: 'missing_scope' }, 'missing_scope'],
    ['slack', 200, { ok: false, error: 'channel_not_found' }, 'none'],
    ['vkontakte', 200, { error: { error_code: 5 } }, 'refused'],
    ['vkontakte', 200, { error: { error_code: 6 } }, 'none'],
    ['salesforce', 401, [{ errorCode: 'INVALID_SESSION_ID' }], 'refused'],
    ['bitly', 403, { message: 'FORBIDDEN' }, 'refused'],
    ['figma', 403, undefined, 'none'],
  ])('%s: %i %j is %s', (name, status, body, fate) => {
    expect(readTokenFate(entryOf(name), { status, headers: {}, body })).toBe(fate);
  });

  it('reads headers, too', () => {
    const google = entryOf('google-oauth2');
    const answer = { status: 403, headers: bearerError('insufficient_scope'), body: undefined };
    expect(readTokenFate(google, answer)).toBe('missing_scope');
    expect(readTokenFate(google, { ...answer, headers: {} })).toBe('none');
  });

  it('does not take a rate limit for a missing scope', () => {
    const github = entryOf('github');
    const fate = (headers: Record<string, string>) =>
      readTokenFate(github, { status: 403, headers, body: undefined });
    expect(fate({ 'x-ratelimit-remaining': '12' })).toBe('missing_scope');
    expect(fate({ 'x-ratelimit-remaining': '0' })).toBe('none');
    expect(fate({ 'retry-after': '60' })).toBe('none');
  });

  it('takes a plain 401 for a refusal, whoever sends it', () => {
    for (const entry of catalogue.entries()) {
      expect(readTokenFate(entry, { status: 401, headers: {}, body: undefined })).toBe('refused');
    }
  });

  it('takes no success and no server error for anything without a body', () => {
    for (const entry of catalogue.entries()) {
      for (const status of [200, 201, 204, 304, 404, 429, 500]) {
        expect(readTokenFate(entry, { status, headers: {}, body: undefined })).toBe('none');
      }
    }
  });
});

describe('mayTellByBody', () => {
  it.each([
    ['dropbox', 401, true],
    ['dropbox', 200, false],
    ['dwolla', 401, false],
    ['facebook', 400, true],
    ['facebook', 401, false],
    ['github', 401, false],
    ['github', 403, false],
    ['slack', 200, true],
    ['vkontakte', 200, true],
    ['google-oauth2', 403, true],
    ['google-oauth2', 200, false],
    ['oauth2', 401, false],
  ])('%s, %i: %s', (name, status, expected) => {
    expect(mayTellByBody(entryOf(name), status)).toBe(expected);
  });
});

describe('meetsCondition', () => {
  it.each<[Parameters<typeof meetsCondition>[0], unknown, boolean]>([
    [{ jsonPointer: '/ok', equals: true }, { ok: true }, true],
    [{ jsonPointer: '/ok', equals: true }, { ok: false }, false],
    [{ jsonPointer: '/error_code', absent: true }, { name: 'x' }, true],
    [{ jsonPointer: '/error_code', absent: true }, { error_code: null }, true],
    [{ jsonPointer: '/error_code', absent: true }, { error_code: 110 }, false],
    [{ jsonPointer: '/error_code', absent: true }, undefined, false],
  ])('%j, %j: %s', (condition, body, expected) => {
    expect(meetsCondition(condition, body)).toBe(expected);
  });
});
