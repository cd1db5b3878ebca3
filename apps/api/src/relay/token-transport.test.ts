import { createHmac } from 'node:crypto';
import { createCatalogue } from '@idp-relay/idp-catalogue';
import { Secret } from '@idp-relay/idp-tokens';
import { describe, expect, it } from 'vitest';
import { sampleIdpToken } from '../../test/sample-idp-token.ts';
import { Problem } from '../problems/problem.ts';
import { addToken } from './token-transport.ts';

const catalogue = createCatalogue();
const accessToken = new Secret('the-token/+=');
const client = { clientId: 'consumer-key', clientSecret: new Secret('consumer-secret') };

const tokenOf = (strategy: string, accessTokenSecret?: Secret) =>
  sampleIdpToken(strategy, { accessToken, ...(accessTokenSecret && { accessTokenSecret }) });
const call = (strategy: string, url = 'https://api.example/x?b=2&a=1') =>
  addToken(new URL(url), { accept: '*/*' }, tokenOf(strategy), { method: 'GET', client });

describe('each IdP gets its token where it looks for it', () => {
  it.each([
    ['google-oauth2', 'Bearer the-token/+='],
    ['yandex', 'OAuth the-token/+='],
  ])('%s: authorization', (strategy, authorization) => {
    expect(call(strategy).headers).toEqual({ accept: '*/*', authorization });
  });

  it('a header of its own, without the scheme', () => {
    expect(call('shopify').headers).toMatchObject({ 'x-shopify-access-token': 'the-token/+=' });
  });

  it('a query parameter, in the place of what the caller wrote there', () => {
    const strategy =
      catalogue.entries().find(({ tokenTransport }) => tokenTransport.in === 'query')?.strategy ?? '';
    const { entry } = tokenOf(strategy);
    const parameter = entry.tokenTransport.in === 'query' ? entry.tokenTransport.parameter : '';
    const { url } = call(strategy, `https://api.example/x?a=%20&${parameter}=mine`);
    expect(url.search).toBe(`?a=%20&${parameter}=the-token%2F%2B%3D`);
  });

  it('Facebook a proof of the app’s secret, too', () => {
    const proof = createHmac('sha256', 'consumer-secret').update('the-token/+=').digest('hex');
    expect(call('facebook').url.searchParams.get('appsecret_proof')).toBe(proof);
    const without = addToken(new URL('https://api.example/x'), {}, tokenOf('facebook'), {
      method: 'GET',
      client: undefined,
    });
    expect(without.url.search).toBe('');
  });
});

describe('OAuth 1.0a', () => {
  const token = tokenOf('twitter', new Secret('token secret&'));
  const compare = (first: string, second: string): number => (first < second ? -1 : Number(first > second));
  const sign = (
    headers: Record<string, string> = {},
    by: typeof client | undefined = client,
    query = 'q=a%20b&include=true',
  ) =>
    addToken(new URL(`https://api.x.com/1.1/x.json?${query}`), headers, token, {
      method: 'POST',
      client: by,
    });

  it.each<[string, [string, string][]]>([
    [
      'q=a%20b&include=true',
      [
        ['q', 'a b'],
        ['include', 'true'],
      ],
    ],
    ['q=a+b', [['q', 'a b']]],
    [
      'a=b=c&a=1&a=0&empty=',
      [
        ['a', 'b=c'],
        ['a', '1'],
        ['a', '0'],
        ['empty', ''],
      ],
    ],
    ["mark=!*'()", [['mark', "!*'()"]]],
  ])('signs method, address, its own parameters and ?%s (RFC 5849 section 3.4)', (query, pairs) => {
    const { url, headers } = sign({}, client, query);
    expect([...url.searchParams]).toEqual(pairs);
    const { authorization = '' } = headers;
    const fields = Object.fromEntries(
      [...authorization.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        decodeURIComponent(value),
      ]),
    );
    const { oauth_signature: signature, ...signed } = fields;
    expect(signed).toMatchObject({
      oauth_consumer_key: 'consumer-key',
      oauth_token: 'the-token/+=',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_version: '1.0',
    });
    // Worked out a second time, by the letter of the RFC.
    const encode = (text: string): string =>
      encodeURIComponent(text).replace(
        /[!'()*]/g,
        (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    const parameters = [...Object.entries(signed), ...pairs]
      .map(([name, value]) => [encode(name), encode(value)] as const)
      .sort(([first, one], [second, other]) =>
        first === second ? compare(one, other) : compare(first, second),
      )
      .map((pair) => pair.join('='))
      .join('&');
    const base = ['POST', 'https://api.x.com/1.1/x.json', parameters].map(encode).join('&');
    const key = `${encode('consumer-secret')}&${encode('token secret&')}`;
    expect(signature).toBe(createHmac('sha1', key).update(base).digest('base64'));
    expect(authorization).not.toContain('token secret');
  });

  it('needs the connection’s client, and refuses forms, which it could not sign', () => {
    expect(() =>
      addToken(new URL('https://api.x.com/x'), {}, token, { method: 'GET', client: undefined }),
    ).toThrow(Problem);
    expect(() => sign({ 'content-type': 'Application/X-WWW-Form-Urlencoded' })).toThrow(/form/);
    for (const broken of ['q=100%', 'q=%E4']) expect(() => sign({}, client, broken)).toThrow(Problem);
    expect(sign({ 'content-type': 'application/json' }).headers.authorization).toContain('OAuth ');
  });
});
