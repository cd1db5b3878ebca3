import { defineCheck } from '../check.ts';
import { listed, without } from '../named.ts';

/** Requests; plans for production have more. */
const lowRateLimit = 10;
const noticeableSkewMs = 30_000;
/** Beyond it, notices of sign-ins are refused, and tokens count as ended or not yet good. */
const unbearableSkewMs = 300_000;

const skewLine = (skewMs: number): string =>
  `the tenant’s clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine’s`;
const skewSighting = (skewMs: number) => ({
  subject: 'clock',
  evidence: skewLine(skewMs),
  fix: 'Let this machine take its time from a time server (timedatectl set-ntp true), and see that the relay’s machine does as well.',
});

/** The tenant as a whole: who issues its tokens, its keys, its clock, and how often it may be asked. */
export const tenantChecks = [
  defineCheck({
    code: 'issuer_not_accepted',
    severity: 'error',
    title: 'Access tokens that are issued at one of the tenant’s addresses are not accepted by the relay.',
    needs: ['issuers'],
    documentation: 'customize/custom-domains',
    examine: ({ issuers }, expected) =>
      issuers
        .filter(({ issuer }) => issuer !== undefined && !expected.issuers.includes(issuer))
        .map(({ origin, issuer = '' }) => ({
          subject: origin,
          evidence: `issuer: ${issuer}; accepted: ${listed(expected.issuers)}`,
          fix: `Name ${URL.parse(issuer)?.origin ?? issuer} in custom_domains of the environment, and in the relay’s AUTH0_CUSTOM_DOMAINS.`,
        })),
  }),
  defineCheck({
    code: 'custom_domain_unanswered',
    severity: 'warning',
    title: 'Nobody issues tokens at a custom domain that the relay accepts tokens of.',
    needs: ['issuers'],
    documentation: 'customize/custom-domains',
    examine: ({ issuers }) =>
      issuers
        .filter(({ issuer }) => issuer === undefined)
        .map(({ origin }) => ({
          subject: origin,
          evidence: `no answer at ${origin}/.well-known/openid-configuration`,
          fix: 'Settings → Custom Domains: verify it; or take it out of custom_domains of the environment and of the relay’s AUTH0_CUSTOM_DOMAINS.',
        })),
  }),
  defineCheck({
    code: 'custom_domain_not_accepted',
    severity: 'warning',
    title: 'The tenant has a custom domain whose access tokens the relay does not accept.',
    needs: ['customDomains'],
    documentation: 'customize/custom-domains',
    examine: ({ customDomains }, expected) =>
      without(
        customDomains,
        expected.customDomains.map((origin) => new URL(origin).host),
      ).map((domain) => ({
        subject: domain,
        evidence: `ready in the tenant; custom domains that the relay knows: ${listed(expected.customDomains)}`,
        fix: `Name https://${domain} in custom_domains of the environment, and in the relay’s AUTH0_CUSTOM_DOMAINS.`,
      })),
  }),
  defineCheck({
    code: 'signing_keys_unsuitable',
    severity: 'error',
    title: 'The tenant publishes no key that the relay could verify access tokens with.',
    needs: ['signingKeys'],
    documentation: 'get-started/applications/signing-algorithms',
    examine: ({ signingKeys }) =>
      (signingKeys?.usable ?? 0) > 0
        ? []
        : [
            {
              subject: 'signing keys',
              evidence:
                signingKeys === undefined
                  ? 'no answer at /.well-known/jwks.json'
                  : `${signingKeys.all} keys, none of them an RSA key for RS256`,
              fix: 'Settings → Signing Keys: rotate to an RSA key; the relay takes RS256 alone.',
            },
          ],
  }),
  defineCheck({
    code: 'clock_differs',
    severity: 'warning',
    title: 'This machine’s clock and the tenant’s differ: ends of tokens are judged wrongly by so much.',
    needs: ['signingKeys', 'clockSkewMs'],
    examine: ({ clockSkewMs: skew }) =>
      Math.abs(skew) > noticeableSkewMs && Math.abs(skew) <= unbearableSkewMs ? [skewSighting(skew)] : [],
  }),
  defineCheck({
    code: 'clock_far_off',
    severity: 'error',
    title: 'This machine’s clock and the tenant’s differ so much that tokens and notices are refused.',
    needs: ['signingKeys', 'clockSkewMs'],
    examine: ({ clockSkewMs: skew }) => (Math.abs(skew) > unbearableSkewMs ? [skewSighting(skew)] : []),
  }),
  defineCheck({
    code: 'rate_limit_low',
    severity: 'note',
    title:
      'The tenant’s plan allows few requests to the Management API: many users at once will have to wait.',
    needs: ['clients', 'rateLimit'],
    documentation: 'troubleshoot/customer-support/operational-policies/rate-limit-policy',
    examine: ({ rateLimit }) =>
      rateLimit > lowRateLimit
        ? []
        : [
            {
              subject: 'rate limit',
              evidence: `x-ratelimit-limit: ${rateLimit}`,
              fix: 'Raise PROFILE_LIFETIME_MS of the relay, so that profiles are read less often; or change the tenant’s plan.',
            },
          ],
  }),
];
