import { defineCheck, type Sighting } from '../check.ts';
import type { TenantExpectations } from '../expectations.ts';
import type { ClientFacts } from '../facts/client-facts.ts';
import type { TenantFacts } from '../facts/tenant-facts.ts';
import { clientsMeant, countMeant, listed, without } from '../named.ts';

const neededGrantTypes = ['authorization_code', 'refresh_token'];

/** What the dashboard's client gives reason for. */
const ofDashboard =
  (look: (client: ClientFacts, expected: TenantExpectations) => Omit<Sighting, 'subject'> | undefined) =>
  ({ clients }: Pick<TenantFacts, 'clients'>, expected: TenantExpectations): readonly Sighting[] =>
    (expected.dashboard ? clientsMeant(clients, expected.dashboard.client) : []).flatMap((client) => {
      const seen = look(client, expected);
      return seen === undefined ? [] : { subject: client.name, ...seen };
    });

/** Says which of the dashboard's addresses a list of the client lacks. */
const lackingUrls = (field: 'callbacks' | 'allowed_logout_urls' | 'web_origins') =>
  ofDashboard((client, { dashboard: { urls = [] } = {}, deployCommand }) => {
    const wanted = field === 'web_origins' ? urls.map((url) => new URL(url).origin) : urls;
    const has = (client[field] ?? []).map((url) => url.replace(/\/$/, ''));
    const lacking = without(
      wanted.map((url) => url.replace(/\/$/, '')),
      has,
    );
    return lacking.length === 0
      ? undefined
      : {
          evidence: `${field}: ${listed(client[field] ?? [])}; lacking: ${listed(lacking)}`,
          fix: `Name ${listed(lacking)} in DASHBOARD_URLS of the environment, and run ${deployCommand}.`,
        };
  });

const lacksDashboard = ({ dashboard }: TenantExpectations): string | undefined =>
  dashboard === undefined ? 'the relay serves no dashboard (DASHBOARD_CLIENT_ID is not set)' : undefined;
const lacksUrls = (expected: TenantExpectations): string | undefined =>
  lacksDashboard(expected) ??
  (expected.dashboard?.urls === undefined
    ? 'the dashboard’s addresses stand in the environment’s file alone: npm run tenant:doctor compares with it'
    : undefined);
const lacksProduction = (expected: TenantExpectations): string | undefined =>
  lacksDashboard(expected) ??
  (expected.production === undefined
    ? 'whether this is a production tenant stands in the environment’s file alone: npm run tenant:doctor compares with it'
    : undefined);

const allUrls = (client: ClientFacts): readonly string[] => [
  ...new Set([
    ...(client.callbacks ?? []),
    ...(client.allowed_logout_urls ?? []),
    ...(client.web_origins ?? []),
  ]),
];

const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(url)?.hostname ?? '');

/** The operators' single-page app. */
export const dashboardClientChecks = [
  defineCheck({
    code: 'dashboard_client_missing',
    severity: 'error',
    title: 'The dashboard’s client is not there, or not the only one of its name.',
    needs: ['clients'],
    lacks: lacksDashboard,
    examine: ({ clients }, { dashboard, deployCommand }) => {
      if (dashboard === undefined) return [];
      const { length } = clientsMeant(clients, dashboard.client);
      return length === 1
        ? []
        : [
            {
              subject: dashboard.client.name,
              evidence: countMeant(clients, dashboard.client),
              fix:
                length === 0
                  ? `Run ${deployCommand}, and set DASHBOARD_CLIENT_ID of the relay to what it says.`
                  : 'Applications: rename or delete all but the one whose id is the relay’s DASHBOARD_CLIENT_ID.',
            },
          ];
    },
  }),
  defineCheck({
    code: 'dashboard_client_type_wrong',
    severity: 'error',
    title: 'The dashboard’s client is not a public single-page app, so signing in from a browser fails.',
    needs: ['clients'],
    lacks: lacksDashboard,
    examine: ofDashboard((client, { deployCommand }) =>
      client.app_type === 'spa' && client.token_endpoint_auth_method === 'none'
        ? undefined
        : {
            evidence: `app_type: ${client.app_type ?? 'none'}, token_endpoint_auth_method: ${client.token_endpoint_auth_method ?? 'none set'}`,
            fix: `Run ${deployCommand}: tenant.yaml has app_type: spa and token_endpoint_auth_method: none.`,
          },
    ),
  }),
  defineCheck({
    code: 'dashboard_grant_types_wrong',
    severity: 'error',
    title: 'The dashboard’s client has other grant types than code and refresh token.',
    needs: ['clients'],
    lacks: lacksDashboard,
    examine: ofDashboard((client, { deployCommand }) =>
      without(neededGrantTypes, client.grant_types).length === 0 &&
      without(client.grant_types, neededGrantTypes).length === 0
        ? undefined
        : {
            evidence: `grant_types: ${listed(client.grant_types)}`,
            fix: `Run ${deployCommand}: tenant.yaml has grant_types: [${listed(neededGrantTypes)}].`,
          },
    ),
  }),
  defineCheck({
    code: 'dashboard_callback_missing',
    severity: 'error',
    title: 'Signing in to the dashboard may not end at its address.',
    needs: ['clients'],
    lacks: lacksUrls,
    documentation: 'authenticate/login/redirect-users-after-login',
    examine: lackingUrls('callbacks'),
  }),
  defineCheck({
    code: 'dashboard_logout_url_missing',
    severity: 'warning',
    title: 'Signing out of the dashboard may not end at its address.',
    needs: ['clients'],
    lacks: lacksUrls,
    documentation: 'authenticate/login/logout/redirect-users-after-logout',
    examine: lackingUrls('allowed_logout_urls'),
  }),
  defineCheck({
    code: 'dashboard_web_origin_missing',
    severity: 'warning',
    title:
      'The dashboard may not get a token without a page of the tenant: reloading it signs operators out.',
    needs: ['clients'],
    lacks: lacksUrls,
    examine: lackingUrls('web_origins'),
  }),
  defineCheck({
    code: 'dashboard_refresh_rotation_off',
    severity: 'warning',
    title: 'Refresh tokens of the dashboard do not rotate, so a stolen one goes unnoticed.',
    needs: ['clients'],
    lacks: lacksDashboard,
    documentation: 'secure/tokens/refresh-tokens/configure-refresh-token-rotation',
    examine: ofDashboard((client, { deployCommand }) =>
      client.refresh_token?.rotation_type === 'rotating'
        ? undefined
        : {
            evidence: `refresh_token.rotation_type: ${client.refresh_token?.rotation_type ?? 'not set'}`,
            fix: `Run ${deployCommand}: tenant.yaml has rotation_type: rotating.`,
          },
    ),
  }),
  defineCheck({
    code: 'dashboard_url_insecure',
    severity: 'error',
    title: 'The dashboard’s client lets operators’ tokens go to an http address, in a production tenant.',
    needs: ['clients'],
    lacks: lacksProduction,
    examine: ofDashboard((client, { production = false, deployCommand }) => {
      const insecure = allUrls(client).filter((url) => production && URL.parse(url)?.protocol === 'http:');
      return insecure.length === 0
        ? undefined
        : {
            evidence: listed(insecure.map((url) => (isLoopback(url) ? `${url} (this machine)` : url))),
            fix: `Name https addresses alone in DASHBOARD_URLS of the environment, and run ${deployCommand}.`,
          };
    }),
  }),
  defineCheck({
    code: 'dashboard_url_wildcard',
    severity: 'warning',
    title: 'The dashboard’s client lets tokens go to any address of a pattern.',
    needs: ['clients'],
    lacks: lacksDashboard,
    documentation: 'get-started/applications/wildcards-for-subdomains',
    examine: ofDashboard((client, { deployCommand }) => {
      const wild = allUrls(client).filter((url) => url.includes('*'));
      return wild.length === 0
        ? undefined
        : {
            evidence: listed(wild),
            fix: `Name whole addresses in DASHBOARD_URLS of the environment, and run ${deployCommand}.`,
          };
    }),
  }),
];
