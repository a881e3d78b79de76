/** Part of `npm run openapi`: writes the types of a generated client anew. */
import { writeFile } from 'node:fs/promises';
import { CLIENT_TYPES, createClientTypes } from './client-types.ts';

await writeFile(CLIENT_TYPES, await createClientTypes());
