export type { ExpiresFrom, ScopesFrom } from './answer-places.ts';
export { BaseUrl } from './base-url.ts';
export type { CredentialedCall } from './call-schema.ts';
export { CatalogueEntry, isRelayable, probeUrl, type TokenTransport } from './catalogue-entry.ts';
export { createCatalogue, type Catalogue, type ConnectionReference } from './catalogue.ts';
export { CatalogueError, parseCatalogueOverrides, type CatalogueOverrides } from './catalogue-overrides.ts';
export { introspectedFacts, readIntrospection, type IntrospectionOutcome } from './introspection-outcome.ts';
export { readJsonPointer } from './json-pointer.ts';
export type { FieldCondition, ResponseSignal } from './response-schema.ts';
export {
  mayTellByBody,
  meetsCondition,
  readTokenFate,
  type ObservedResponse,
  type TokenFate,
} from './response-signal.ts';
