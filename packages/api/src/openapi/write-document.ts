/** `npm run openapi`: writes the OpenAPI document to the file that is given. */
import { writeFile } from 'node:fs/promises';
import { createOpenApiDocument, DOCUMENTED_URL } from './document.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: write-document.ts FILE');
await writeFile(file, `${JSON.stringify(createOpenApiDocument(DOCUMENTED_URL), null, 2)}\n`);
