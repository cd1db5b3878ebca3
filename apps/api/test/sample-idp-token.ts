import { createCatalogue, type CatalogueEntry } from '@idp-relay/idp-catalogue';
import { Secret, type IdpToken } from '@idp-relay/idp-tokens';

const catalogue = createCatalogue();

/** What differs from a plain token. */
export interface SampleIdpToken {
  readonly accessToken?: Secret;
  readonly accessTokenSecret?: Secret;
  /** Fields of the catalogue's entry that are others here. */
  readonly entry?: Partial<CatalogueEntry>;
}

/** A token of a strategy that the catalogue knows, as it is handed out for one call. */
export function sampleIdpToken(strategy: string, changed: SampleIdpToken = {}): IdpToken {
  const entry = catalogue.find({ strategy, connection: strategy });
  if (entry === undefined) throw new Error(`no entry ${strategy}`);
  const { accessToken = new Secret('token-of-the-test'), accessTokenSecret } = changed;
  const identity = {
    connection: strategy,
    provider: strategy,
    idpUserId: '1',
    isSocial: true,
    primary: true,
    accessToken,
    ...(accessTokenSecret && { accessTokenSecret }),
  };
  return {
    profile: { userId: `${strategy}|1`, blocked: false, identities: [identity], readAt: 0 },
    identity,
    copy: identity,
    accessToken,
    entry: { ...entry, ...changed.entry },
    verdict: {
      state: 'unknown',
      reason: 'expiry_unknown',
      callable: true,
      detail: '',
      advice: '',
      evidence: { hasRefreshToken: false },
      observedAt: '2026-01-01T00:00:00.000Z',
      source: 'auth0_profile',
    },
  };
}
