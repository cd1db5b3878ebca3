import { readFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';

/** The API's own description, which its tests keep true. */
const document = new URL('../../../apps/api/openapi.json', import.meta.url);

/** Where the types are kept. */
export const schemaFile = new URL('./schema.ts', import.meta.url);

/** Makes the types of every route from the OpenAPI document. */
export async function generateSchema(): Promise<string> {
  const types = await openapiTypescript(readFileSync(document, 'utf8'), {
    alphabetize: true,
  });
  return `// Made from apps/api/openapi.json by \`pnpm --filter @idp-relay/client run write-schema\`. Do not edit.\n${astToString(types)}`;
}
