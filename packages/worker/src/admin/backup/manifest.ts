import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AdminError } from '../admin-error.ts';

const NAME = 'manifest.json';

const partSchema = z.object({
  lines: z.number().int(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
});

const manifestSchema = z.object({
  format: z.literal(1),
  instanceId: z.string(),
  createdAt: z.string(),
  /** The folder beside it with the rows. */
  folder: z.string().regex(/^rows-[0-9-]+$/),
  migrations: z.array(z.string()),
  /** Tells whether a server has the same AUTH_SECRET, and nothing of it. */
  secretMark: z.string(),
  /** By the name of their file: a table, or `objects`. */
  parts: z.record(z.string(), partSchema),
  objectBytes: z.number(),
  missingObjects: z.number().int(),
});

/** How much there is in a file of lines, and what its bytes are. */
export type BackupPart = z.infer<typeof partSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Written last: where there is none, there is no whole backup. The names of what it tells of last before its own does;
 * `sync` makes the names in a folder last.
 */
export async function writeManifest(folder: string, manifest: Manifest, sync = syncFolder): Promise<void> {
  const path = join(folder, NAME);
  await sync(join(folder, manifest.folder));
  await sync(folder);
  await using file = await open(`${path}.new`, 'w', 0o600);
  await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
  await file.sync();
  await rename(`${path}.new`, path);
  await sync(folder);
}

/** null: no backup in this folder ever came to its end. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, NAME);
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    throw new AdminError(`${path} is damaged, or of a newer version: this is no backup that can be used.`, {
      cause: error,
    });
  }
}

/** Windows can't, and does it by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
