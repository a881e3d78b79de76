import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const HEADER = `/**
 * What a client has of docs/openapi.json when openapi-typescript generates its types, as anybody would. Written by
 * \`npm run openapi\`; a test fails when it is stale.
 */

`;

/** Where the acceptance tests have the types of their generated client. */
export const CLIENT_TYPES = fileURLToPath(new URL('../../acceptance/harness/api-types.ts', import.meta.url));

/** The types of a client, generated from docs/openapi.json. */
export async function createClientTypes(): Promise<string> {
  const nodes = await openapiTS(new URL('../../docs/openapi.json', import.meta.url));
  return HEADER + astToString(nodes);
}
