import { describe, expect, it } from 'vitest';
import {
  CatalogueEntry,
  createCatalogue,
  isRelayable,
  parseCatalogueOverrides,
  probeUrl,
  type ResponseSignal,
} from './index.ts';
import { presets } from './presets.ts';
import { strategies } from './strategies.ts';
import { strategiesTable } from './strategies-table.ts';

const catalogue = createCatalogue();
const all = [...strategies, ...presets];

/** Auth0's list of connection strategies, by its Management API. */
const strategyNames =
  `ad adfs amazon apple dropbox bitbucket auth0-oidc auth0 baidu bitly box custom daccount dwolla email
  evernote-sandbox evernote exact facebook fitbit github google-apps google-oauth2 instagram ip line linkedin oauth1 oauth2
  office365 oidc okta paypal paypal-sandbox pingfederate planningcenter salesforce-community salesforce-sandbox salesforce
  samlp sharepoint shopify shop sms soundcloud thirtysevensignals twitter untappd vkontakte waad weibo windowslive wordpress
  yahoo yandex auth0-adldap`
    .split(/\s+/)
    .sort();

describe('the catalogue', () => {
  it('knows every strategy of Auth0, each once', () => {
    expect(strategies.map((entry) => entry.strategy).sort()).toEqual(strategyNames);
  });

  it.each(all.map((entry) => [entry.name, entry] as const))('%s fits the schema', (_name, entry) => {
    expect(CatalogueEntry.safeParse(entry).error?.issues).toBeUndefined();
  });

  it('has unique names, and unique connection names of presets', () => {
    const names = all.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
    const connectionNames = presets.flatMap((entry) => entry.connectionNames ?? []);
    expect(new Set(connectionNames).size).toBe(connectionNames.length);
  });

  it.each(all.flatMap((entry) => entry.apiBaseUrls.map((url) => [entry.name, url] as const)))(
    '%s sends tokens to a plain https host: %s',
    (_name, text) => {
      const url = new URL(text);
      expect(url.protocol).toBe('https:');
      expect(url.hostname).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(`${url.username}${url.password}${url.search}${url.hash}`).toBe('');
    },
  );

  it('never sends a probe to another place than https', () => {
    for (const entry of all) {
      const url = probeUrl({ ...entry, apiBaseUrls: ['https://own.example'] });
      if (entry.probe) expect(url?.protocol).toBe('https:');
    }
  });

  it.each(all.flatMap(({ name, expiredSignal }) => (expiredSignal ?? []).map((signal) => [name, signal])))(
    '%s: a status alone is a dead token only when it is 401: %j',
    (_name, signal) => {
      expect(signal).toSatisfy(
        ({ status, jsonPointer, header }: ResponseSignal[number]) =>
          (jsonPointer ?? header) !== undefined || status.every((code) => code === 401),
      );
    },
  );

  it('hands out frozen entries', () => {
    const entry = catalogue.find({ strategy: 'github', connection: 'github' });
    expect(Object.isFrozen(entry)).toBe(true);
    expect(Object.isFrozen(entry?.apiBaseUrls)).toBe(true);
  });

  it('is written down for people', async () => {
    await expect(strategiesTable(all)).toMatchFileSnapshot('../STRATEGIES.md');
  });
});

describe('facts that the relay leans on', () => {
  const find = (strategy: string, connection = strategy) => catalogue.find({ strategy, connection });

  it('GitHub: Bearer, no lifetime of its own, scopes in a header', () => {
    expect(find('github')).toMatchObject({
      tokenTransport: { in: 'authorization', scheme: 'Bearer' },
      accessToken: { expires: 'sometimes' },
      probe: { scopesFrom: { header: 'X-OAuth-Scopes' } },
    });
  });
  it('Google: an hour, refresh tokens do not rotate', () => {
    expect(find('google-oauth2')).toMatchObject({
      accessToken: { lifetimeSeconds: 3599 },
      refresh: { rotates: 'never' },
    });
  });
  it('Facebook: a dead token is status 400 with error.code 190', () => {
    expect(find('facebook')?.expiredSignal).toEqual([
      { status: [400, 401], jsonPointer: '/error/code', in: [190] },
    ]);
  });
  it('Bitbucket: two hours, refresh tokens rotate', () => {
    expect(find('bitbucket')).toMatchObject({
      accessToken: { lifetimeSeconds: 7200 },
      refresh: { rotates: 'always', clientAuthentication: 'basic' },
    });
  });
  it('Baidu: a 200 is a yes only without an error code', () => {
    expect(find('baidu')?.probe?.okWhen).toEqual({ jsonPointer: '/error_code', absent: true });
  });
  it.each(['okta', 'shopify', 'salesforce-community'])('%s: the probe waits for a host', (strategy) => {
    const entry = find(strategy);
    expect(entry && probeUrl(entry)).toBeUndefined();
  });
  it('Slack: told apart by its connection name, and a 200 can be a refusal', () => {
    const slack = find('oauth2', 'sign-in-with-slack');
    expect(slack?.name).toBe('slack');
    expect(slack?.probe).toMatchObject({
      badTokenStatus: [200],
      okWhen: { jsonPointer: '/ok', equals: true },
    });
  });
  it('a custom connection is the generic oauth2, and goes nowhere until it is configured', () => {
    const custom = find('oauth2', 'my-own');
    expect(custom?.name).toBe('oauth2');
    expect(custom && isRelayable(custom)).toBe(false);
  });
  it('SAML gives no token', () => {
    expect(find('samlp')?.issuesToken).toBe('never');
  });
  it('knows nothing of retired strategies', () => {
    expect(find('yammer')).toBeUndefined();
  });
});

describe('an operator’s entry', () => {
  it('wins over the strategy’s, field by field', () => {
    const own = createCatalogue(
      parseCatalogueOverrides({ github: { apiBaseUrls: ['https://github.acme.example/api/v3'] } }),
    );
    const entry = own.find({ strategy: 'github', connection: 'github' });
    expect(entry?.apiBaseUrls).toEqual(['https://github.acme.example/api/v3']);
    expect(entry?.probe?.url).toBe('https://api.github.com/rate_limit');
    expect(own.find({ strategy: 'github', connection: 'other' })?.apiBaseUrls[0]).toBe(
      'https://api.github.com',
    );
  });
  it('gives the probe its host', () => {
    const own = createCatalogue(
      parseCatalogueOverrides({ acme: { extends: 'okta', apiBaseUrls: ['https://acme.okta.com'] } }),
    );
    const entry = own.find({ strategy: 'okta', connection: 'acme' });
    expect(entry && probeUrl(entry)?.href).toBe('https://acme.okta.com/oauth2/v1/userinfo');
  });

  it('makes a custom connection relayable', () => {
    const own = createCatalogue(
      parseCatalogueOverrides({ 'my-gitlab': { apiBaseUrls: ['https://gitlab.acme.example/api/v4'] } }),
    );
    const entry = own.find({ strategy: 'oauth2', connection: 'my-gitlab' });
    expect(entry && isRelayable(entry)).toBe(true);
  });
});
