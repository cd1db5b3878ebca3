import type { CredentialedCall } from '@idp-relay/idp-catalogue';
import { Secret } from '@idp-relay/idp-tokens';
import { expect, it } from 'vitest';
import { sampleIdpToken } from '../../test/sample-idp-token.ts';
import { credentialedRequest, type CredentialedRequest } from './credentialed-request.ts';

const client = { clientId: 'the-client', clientSecret: new Secret('s:e/c&r=t') };
const accessToken = new Secret('to ken&#%{client_secret}');

/** The introspection of a strategy that the catalogue knows, as it would be sent. */
function introspectionOf(strategy: string, apiBaseUrls: string[] = []): CredentialedRequest {
  const token = sampleIdpToken(strategy, { accessToken, entry: { apiBaseUrls } });
  const { introspection } = token.entry;
  if (introspection === undefined) throw new Error(`${strategy} has none`);
  const built = credentialedRequest(introspection, token, client);
  if (!built.isReady) throw new Error(`lacks ${built.lacks}`);
  return built.request;
}

it('writes a token into an address percent-encoded, and takes no placeholder from it', () => {
  const { url, body } = introspectionOf('wordpress');
  expect(url.origin).toBe('https://public-api.wordpress.com');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'the-client',
    token: 'to ken&#%{client_secret}',
  });
  expect(body).toBeNull();
});

/** What is sent, which these calls have as a text. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : '';
}

it('authenticates by HTTP Basic, with id and secret form-encoded (RFC 6749 section 2.3.1)', () => {
  const { headers, url, body } = introspectionOf('github');
  expect(headers.authorization).toBe(
    `Basic ${Buffer.from('the-client:s%3Ae%2Fc%26r%3Dt').toString('base64')}`,
  );
  expect(url.href).toBe('https://api.github.com/applications/the-client/token');
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(textOf(body))).toEqual({ access_token: 'to ken&#%{client_secret}' });
});

it('authenticates by the form', () => {
  const { headers, body } = introspectionOf('linkedin');
  expect(headers).not.toHaveProperty('authorization');
  expect(Object.fromEntries(new URLSearchParams(textOf(body)))).toEqual({
    client_id: 'the-client',
    client_secret: 's:e/c&r=t',
    token: 'to ken&#%{client_secret}',
  });
});

it('authenticates by an app access token, which is sent as the IdP’s tokens are', () => {
  const { headers, url } = introspectionOf('facebook');
  expect(headers.authorization).toBe('Bearer the-client|s:e/c&r=t');
  expect(url.searchParams.get('input_token')).toBe('to ken&#%{client_secret}');
  expect(url.href).not.toContain('s%3Ae');
});

it('sends a path after the connection’s own base URL', () => {
  expect(introspectionOf('okta', ['https://acme.okta.com']).url.href).toBe(
    'https://acme.okta.com/oauth2/v1/introspect',
  );
});

const post = { method: 'POST', url: 'https://idp.example/introspect' } as const;

it.each<[string, CredentialedCall, Record<string, string>]>([
  [
    'adds the client’s fields to a form that does not name them',
    { ...post, credentials: 'clientPost', body: { form: { token: '{access_token}' } } },
    { client_id: 'the-client', client_secret: 's:e/c&r=t', token: accessToken.reveal() },
  ],
  [
    'does not name them twice where the IdP has another word for them',
    { ...post, credentials: 'clientPost', body: { form: { key: '{client_id}', token: '{access_token}' } } },
    { key: 'the-client', client_secret: 's:e/c&r=t', token: accessToken.reveal() },
  ],
  [
    'adds the client’s id alone where that is all',
    { ...post, credentials: 'clientId', body: { form: { token: '{access_token}' } } },
    { client_id: 'the-client', token: accessToken.reveal() },
  ],
])('%s', (_what, call, fields) => {
  const built = credentialedRequest(call, sampleIdpToken('oauth2', { accessToken }), client);
  expect(built.isReady && Object.fromEntries(new URLSearchParams(textOf(built.request.body)))).toEqual(
    fields,
  );
});

const { clientSecret: _secret, ...publicClient } = client;
const token = { form: { token: '{access_token}' } };
it.each<[string, CredentialedCall, Parameters<typeof credentialedRequest>[2], string]>([
  ['a client', { ...post, credentials: 'clientBasic', body: token }, undefined, 'client'],
  [
    'a client that the body names',
    { ...post, credentials: 'none', body: { form: { c: '{client_id}' } } },
    undefined,
    'client',
  ],
  ['a secret', { ...post, credentials: 'clientPost', body: token }, publicClient, 'client_secret'],
  [
    'a secret for an app access token',
    { ...post, credentials: 'appAccessToken' },
    publicClient,
    'client_secret',
  ],
  [
    'a refresh token',
    { ...post, credentials: 'none', body: { form: { t: '{refresh_token}' } } },
    client,
    'refresh_token',
  ],
  ['a host', { ...post, url: 'https://{oktaDomain}/introspect', credentials: 'none' }, client, 'address'],
  ['a base URL', { method: 'POST', path: '/introspect', credentials: 'none' }, client, 'address'],
])('says when it lacks %s', (_what, call, ofClient, lacks) => {
  expect(credentialedRequest(call, sampleIdpToken('oauth2'), ofClient)).toEqual({ isReady: false, lacks });
});
