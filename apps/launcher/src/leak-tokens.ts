import { createHmac, createPrivateKey, sign } from 'node:crypto';
import { canary, type LocalTenant } from '@idp-relay/local-tenant';

type Claims = Readonly<Record<string, unknown>>;

/** Makes access tokens of the relay's audience, true and false. */
export interface LeakTokens {
  /** A good one, for a user who need not sign in. */
  forUser(userId: string): string;
  /** Authorization headers of all kinds, most of which get nobody in, by a name for people. Each bears a secret. */
  readonly odd: Readonly<Record<string, string>>;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * @param clientId the client that the tokens are for
 * @param audience of the relay
 */
export function createLeakTokens(tenant: LocalTenant, clientId: string, audience: string): LeakTokens {
  const current = tenant.database.state.signingKeys.find((key) => !key.retired);
  if (current === undefined) throw new Error('The local tenant has no signing key.');
  const key = createPrivateKey({ key: { kty: 'RSA', ...current.privateJwk }, format: 'jwk' });
  const now = Math.floor(Date.now() / 1000);
  const good = {
    iss: `${tenant.origins.tenantHttps}/`,
    aud: audience,
    sub: 'github|1001',
    azp: clientId,
    iat: now,
    exp: now + 3600,
    permissions: ['call:idp'],
    secret: canary,
  };
  const header = { alg: 'RS256', typ: 'JWT', kid: current.kid };
  const signed = (claims: Claims, changed: Claims = {}): string => {
    const text = `${encode({ ...header, ...changed })}.${encode({ ...good, ...claims })}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
  };
  const byHmac = `${encode({ ...header, alg: 'HS256' })}.${encode(good)}`;
  const [head = '', payload = '', signature = ''] = signed({}).split('.');
  const bearers: Readonly<Record<string, string>> = {
    'a word': canary,
    'three words': `${canary}.${canary}.${canary}`,
    'of another type in the header': signed({}, { typ: canary, cty: canary }),
    'without a signature': `${head}.${payload}.`,
    'with another signature': `${head}.${payload}.${signature.slice(0, -8)}AAAAAAAA`,
    'with other claims under the signature': `${head}.${encode({ ...good, sub: 'github|1024025' })}.${signature}`,
    'of algorithm none': `${encode({ ...header, alg: 'none' })}.${payload}.`,
    'of an algorithm that is not one': signed({}, { alg: canary }),
    'by the shared secret': `${byHmac}.${createHmac('sha256', canary).update(byHmac).digest('base64url')}`,
    'of an unknown key': signed({}, { kid: canary }),
    'with a key of its own': signed(
      {},
      { kid: canary, jku: `https://x.example/${canary}`, jwk: { k: canary } },
    ),
    'for another audience': signed({ aud: `https://${canary}.example` }),
    'of another issuer': signed({ iss: `https://${canary}.example/` }),
    'that has expired': signed({ exp: now - 600 }),
    'that is not good yet': signed({ nbf: now + 600 }),
    'without a subject': signed({ sub: undefined }),
    'with claims of other kinds': signed({ sub: { a: canary }, permissions: canary, azp: [canary] }),
    'that is long': signed({ long: canary.repeat(400) }),
    'that is an IdP’s': `gho_${canary}${'x'.repeat(30)}`,
  };
  return {
    forUser: (sub) => signed({ sub }),
    odd: {
      'another scheme': `Basic ${Buffer.from(`id:${canary}`).toString('base64')}`,
      'no scheme': signed({}),
      ...Object.fromEntries(
        Object.entries(bearers).map(([name, token]) => [`a token ${name}`, `Bearer ${token}`]),
      ),
    },
  };
}
