import type { Catalogue, CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { StoredIdentity } from './user-profile.ts';

/** What is known of the IdP that an identity is from; undefined where it is no IdP with OAuth tokens, or an unknown one. */
export function catalogueEntryOf(catalogue: Catalogue, identity: StoredIdentity): CatalogueEntry | undefined {
  return catalogue.find({ strategy: identity.provider, connection: identity.connection });
}
