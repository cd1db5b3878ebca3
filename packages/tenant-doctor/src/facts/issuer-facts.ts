import { z } from 'zod';

/**
 * Metadata of an issuer.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export const IssuerMetadata = z.object({ issuer: z.string() });

/** Who issues tokens at an origin; no `issuer` where nobody answers there. */
export interface IssuerFacts {
  readonly origin: string;
  readonly issuer?: string;
}

/**
 * The tenant's public keys.
 * @see https://datatracker.ietf.org/doc/html/rfc7517#section-5
 */
export const SigningKeySet = z.object({
  keys: z.array(
    z.object({
      kty: z.string(),
      alg: z.string().optional(),
      use: z.string().optional(),
      kid: z.string().optional(),
    }),
  ),
});

/** A custom domain of the tenant. */
export const CustomDomainFacts = z.object({ domain: z.string(), status: z.string() });
