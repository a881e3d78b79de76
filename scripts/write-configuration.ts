/** Writes the reference of the configuration anew: `npm run configuration`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationReference } from './configuration-reference.ts';

const checkout = join(import.meta.dirname, '..');
const example = await readFile(join(checkout, '.env.example'), 'utf8');
await writeFile(join(checkout, 'docs', 'configuration.md'), configurationReference(example));
