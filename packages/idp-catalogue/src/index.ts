export { CatalogueEntry, isRelayable, type ResponseSignal, type TokenTransport } from './catalogue-entry.ts';
export { createCatalogue, type Catalogue, type ConnectionReference } from './catalogue.ts';
export { CatalogueError, parseCatalogueOverrides, type CatalogueOverrides } from './catalogue-overrides.ts';
export { readJsonPointer } from './json-pointer.ts';
export { matchesSignal, type ObservedResponse } from './response-signal.ts';
