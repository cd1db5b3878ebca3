import type { FastifyInstance } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { tokenVaultGrantType } from '../token-vault/token-exchange.ts';
import { issuerOf, originOf } from './issuer.ts';
import { publicKeys } from './signing-keys.ts';

/**
 * The tenant's metadata and keys.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function registerDiscovery(app: FastifyInstance, context: LocalTenantContext): void {
  app.get('/.well-known/openid-configuration', (request) => {
    const origin = originOf(request, context);
    return {
      issuer: issuerOf(origin),
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      userinfo_endpoint: `${origin}/userinfo`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      end_session_endpoint: `${origin}/oidc/logout`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: [
        'authorization_code',
        'refresh_token',
        'client_credentials',
        'password',
        tokenVaultGrantType,
      ],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256'],
      claims_supported: [
        'aud',
        'email',
        'email_verified',
        'exp',
        'iat',
        'iss',
        'name',
        'nickname',
        'picture',
        'sub',
      ],
    };
  });
  app.get('/.well-known/jwks.json', () => publicKeys(context));
}
