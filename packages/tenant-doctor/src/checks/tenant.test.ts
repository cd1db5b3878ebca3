import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startHealthyTenant, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { runChecks } from '../check.ts';
import { tenantChecks } from './tenant.ts';

const isRateLimit = ({ code }: { readonly code: string }): boolean => code === 'rate_limit_low';
const nothing = (): undefined => undefined;

testFindings(
  tenantChecks.filter((check) => !isRateLimit(check)),
  [
    {
      code: 'issuer_not_accepted',
      evidence: 'issuer: http://localhost:',
      fix: 'AUTH0_CUSTOM_DOMAINS',
      break: ({ expected }) => ({ expected: { issuers: expected.issuers.slice(0, 1) } }),
      mend: nothing,
    },
    {
      code: 'custom_domain_unanswered',
      evidence: '/.well-known/openid-configuration',
      fix: 'Custom Domains',
      break: ({ tenant }) => {
        tenant.faults.add('authentication', { pathPrefix: '/.well-known/openid-configuration', status: 503 });
        return undefined;
      },
      mend: ({ tenant }) => {
        tenant.faults.clear();
        return undefined;
      },
    },
    {
      code: 'custom_domain_not_accepted',
      subject: 'login.example.com',
      evidence: 'ready in the tenant',
      fix: 'Name https://login.example.com in custom_domains',
      break: async ({ api }) => {
        await api('POST', '/custom-domains', { domain: 'login.example.com', type: 'auth0_managed_certs' });
        await api('POST', `/custom-domains/${await customDomainId(api)}/verify`);
        return undefined;
      },
      mend: ({ expected }) => ({
        expected: { customDomains: [...expected.customDomains, 'https://login.example.com'] },
      }),
      restore: async ({ api }) => api('DELETE', `/custom-domains/${await customDomainId(api)}`),
    },
    {
      code: 'signing_keys_unsuitable',
      evidence: 'no answer at /.well-known/jwks.json',
      fix: 'Signing Keys',
      break: ({ tenant }) => {
        tenant.faults.add('authentication', { pathPrefix: '/.well-known/jwks.json', status: 503 });
        return undefined;
      },
      mend: ({ tenant }) => {
        tenant.faults.clear();
        return undefined;
      },
    },
    {
      code: 'signing_keys_unsuitable',
      when: 'where none of them is an RSA key',
      evidence: '1 keys, none of them an RSA key for RS256',
      fix: 'rotate to an RSA key',
      break: ({ tenant }) => {
        const body = JSON.stringify({
          keys: [{ kty: 'EC', crv: 'P-256', kid: 'ec', use: 'sig', x: 'x', y: 'y' }],
        });
        const headers = { 'content-type': 'application/json' };
        tenant.faults.add('authentication', {
          pathPrefix: '/.well-known/jwks.json',
          status: 200,
          headers,
          body,
        });
        return undefined;
      },
      mend: ({ tenant }) => {
        tenant.faults.clear();
        return undefined;
      },
    },
    {
      code: 'clock_differs',
      evidence: 's behind this machine’s',
      fix: 'time server',
      break: () => ({ offsetMs: 100_000 }),
      mend: nothing,
    },
    {
      code: 'clock_far_off',
      evidence: 's ahead of this machine’s',
      fix: 'time server',
      break: () => ({ offsetMs: -400_000 }),
      mend: nothing,
    },
  ],
);

const CustomDomains = z.array(z.object({ custom_domain_id: z.string() }));
const customDomainId = async (api: HealthyTenant['api']): Promise<string> =>
  CustomDomains.parse(await api('GET', '/custom-domains'))[0]?.custom_domain_id ?? '';

let healthy: HealthyTenant;
beforeAll(async () => {
  healthy = await startHealthyTenant();
});
afterAll(() => healthy.tenant.close());

// With a low limit a whole examination takes its time; this one makes but a request or two.
it('rate_limit_low is found, and gone with another plan', async () => {
  const examine = () =>
    runChecks(healthy.reader(), { expected: healthy.expected }, tenantChecks.filter(isRateLimit));
  healthy.tenant.control.setRateLimitPlan('free');
  expect((await examine()).findings).toMatchObject([
    { code: 'rate_limit_low', severity: 'note', evidence: 'x-ratelimit-limit: 2' },
  ]);
  healthy.tenant.control.setRateLimitPlan('enterprise-production');
  expect((await examine()).passed).toEqual(['rate_limit_low']);
});
