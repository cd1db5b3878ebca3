import type { SamplePerson } from '@idp-relay/local-tenant';

/**
 * How a sample person can sign in to the local tenant: through the sample IdP of their first identity, with e-mail address
 * and password at the tenant, or not at all, because no sample IdP stands for their connection.
 */
export type SignInWay = 'idp' | 'password' | 'none';

/** How this sample person can sign in. */
export function signInWay({ identities: [primary] }: Pick<SamplePerson, 'identities'>): SignInWay {
  if (primary.token?.account.strategy === primary.provider) return 'idp';
  return primary.provider === 'auth0' ? 'password' : 'none';
}
