import type { Fault } from '@idp-relay/local-tenant';

type OddAnswer = Pick<Fault, 'status' | 'headers' | 'body' | 'delayMs' | 'dropConnection' | 'loseAnswer'>;

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html; charset=utf-8' };

/**
 * Odd answers of servers, most of which repeat what they were sent, and so the tokens and secrets in it: `{request}` stands
 * for that. By a name for people.
 */
const common: Readonly<Record<string, OddAnswer>> = {
  'a page that repeats': { status: 500, headers: html, body: '<h1>Oops</h1><pre>{request}</pre>' },
  'plain text that repeats': { status: 400, headers: { 'content-type': 'text/plain' }, body: '{request}' },
  'an error that repeats': {
    status: 400,
    headers: json,
    body: '{"error":"invalid_request","error_description":"{request}","message":"{request}","errorCode":"{request}"}',
  },
  'an error code that is the request': { status: 400, headers: json, body: '{"error":"{request}"}' },
  'a refusal that repeats in its headers': {
    status: 401,
    headers: {
      ...json,
      'www-authenticate': 'Bearer error="invalid_token", error_description="{request}"',
      'set-cookie': 'last={request}',
    },
    body: '{"error":"invalid_client","error_description":"{request}"}',
  },
  'forbidden, and repeated': {
    status: 403,
    headers: json,
    body: '{"statusCode":403,"error":"Forbidden","message":"{request}","errorCode":"insufficient_scope"}',
  },
  'not found, and repeated': { status: 404, headers: json, body: '{"message":"{request}"}' },
  'too many, with odd times': {
    status: 429,
    headers: { ...json, 'retry-after': '{request}', 'x-ratelimit-reset': '{request}' },
    body: '{"error":"slow_down","error_description":"{request}"}',
  },
  'not available, and repeated': { status: 503, headers: json, body: '{"error":"{request}"}' },
  'a redirect that repeats': { status: 302, headers: { location: 'https://elsewhere.example/?{request}' } },
  'success that is a page': { status: 200, headers: html, body: '<p>{request}</p>' },
  'success that is cut off': { status: 200, headers: json, body: '{"access_token":"{request}' },
  'success that is a list': { status: 200, headers: json, body: '["{request}"]' },
  'success that is null': { status: 200, headers: json, body: 'null' },
  'success that does not unpack': {
    status: 200,
    headers: { ...json, 'content-encoding': 'gzip' },
    body: '{request}',
  },
  'success with other kinds of value': {
    status: 200,
    headers: json,
    body: '{"access_token":["{request}"],"user_id":{"a":"{request}"},"identities":"{request}","expires_in":"{request}","scope":7}',
  },
  'no answer': { dropConnection: true },
};

/** What a token endpoint may answer to a refresh token. */
export const oddTokenAnswers: Readonly<Record<string, OddAnswer>> = {
  ...common,
  'a dead refresh token, repeated': {
    status: 400,
    headers: json,
    body: '{"error":"invalid_grant","error_description":"{request}"}',
  },
  'an error with status 200': {
    status: 200,
    headers: json,
    body: '{"error":"bad_refresh_token","error_description":"{request}","error_uri":"https://x.example/?{request}"}',
  },
  'an empty token': { status: 200, headers: json, body: '{"access_token":"","refresh_token":"{request}"}' },
  'a token that no header can hold': {
    status: 200,
    headers: json,
    body: '{"access_token":"{request}\\r\\nx-injected: \\u0000\\u20ac","refresh_token":"{request}","expires_in":3600}',
  },
  'a token that the IdP does not know': {
    status: 200,
    headers: json,
    body: '{"access_token":"{request}","expires_in":"soon","scope":{"a":"{request}"}}',
  },
  'done, and no answer': { loseAnswer: true },
  'an answer that is late': { delayMs: 1_500 },
};

/** What Auth0 may answer, or something in front of it. */
export const oddAuth0Answers: Readonly<Record<string, OddAnswer>> = {
  ...common,
  'a scope that is lacking, by name': {
    status: 403,
    headers: json,
    body: '{"statusCode":403,"message":"Insufficient scope, expected any of: {request}","errorCode":"insufficient_scope"}',
  },
  'a user of other kinds': {
    status: 200,
    headers: json,
    body: '{"user_id":"github|1","identities":[{"connection":"github","provider":"github","user_id":1,"isSocial":"{request}","access_token":{"a":"{request}"},"refresh_token":["{request}"]}]}',
  },
  'an answer that is late': { delayMs: 1_500 },
};

/** What the API of an IdP may answer to a call that is passed on. */
export const oddIdpAnswers: Readonly<Record<string, OddAnswer>> = common;

/** What an introspection endpoint may answer. */
export const oddIntrospections: Readonly<Record<string, OddAnswer>> = {
  ...common,
  'a live token whose scopes repeat': {
    status: 200,
    headers: json,
    body: '{"active":true,"scope":"account {request}","exp":"{request}","username":"{request}"}',
  },
  'a dead token, repeated': { status: 200, headers: json, body: '{"active":false,"token":"{request}"}' },
  'an answer that is late': { delayMs: 1_500 },
};
