import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackupSource, type NamedObject, openBackupSource } from '@instashare/backend/database';
import { createDiskRoom, freeDiskBytes, type ObjectStore } from '@instashare/backend/storage';
import { z } from 'zod';
import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import { linesPath, markOfSecret, openBackupObjects } from '../backup/backup-folder.ts';
import { claimFolder, requireApart } from '../backup/claim-folder.ts';
import { type CopyOptions, type CopyTally, copyObjects } from '../backup/copy-objects.ts';
import { readLines, writeLines } from '../backup/line-file.ts';
import { type BackupPart, readManifest, writeManifest } from '../backup/manifest.ts';
import { unlistedObjects } from '../backup/unlisted-objects.ts';
import { findDamagedCopies, keysOf, replaceDamaged } from '../backup/verify-copies.ts';
import { formatBytes } from '../bytes.ts';
import type { AdminCommand, AdminContext } from '../context.ts';

/** `backup DIR [--verify]` */
export const backup: AdminCommand = async (context, { positionals: [folder], options }) => {
  if (folder === undefined) throw new UsageError('Where to? Name a folder.');
  const { config } = context;
  if (config.gcs === null) await requireApart(folder, join(config.dataDir, 'objects'));
  await mkdir(join(folder, 'objects'), { recursive: true, mode: 0o700 });
  const database = await context.openDatabase();
  const from = await context.openStore(database, { mayMark: false });
  await using to = openBackupObjects(folder, { reserveBytes: config.diskReserveBytes });
  await using source = await openBackupSource(config.database.url);
  if (source === null) throw new AdminError('Another backup of this server is being made.');
  await claimFolder(folder, to, source.instanceId);
  const signal = AbortSignal.any([context.signal, source.lost]);
  const making = {
    context: { ...context, signal },
    from,
    to,
    folder,
    isVerified: options['verify'] === true,
  };
  try {
    return await makeBackup(source, making);
  } catch (error) {
    if (!source.lost.aborted || context.signal.aborted) throw error;
    throw new AdminError(
      'The connection to the database was lost, and with it what keeps objects from being deleted meanwhile. Run it ' +
        'again: what was copied is kept.',
      { cause: error },
    );
  }
};

interface Making {
  readonly context: AdminContext;
  readonly from: ObjectStore;
  readonly to: ObjectStore;
  readonly folder: string;
  readonly isVerified: boolean;
}

async function makeBackup(source: BackupSource, making: Making): Promise<number> {
  const { context, folder, isVerified, to } = making;
  const { config, now, signal } = context;
  const createdAt = now();
  const name = `rows-${createdAt.toISOString().replaceAll(/\D/g, '-').slice(0, -1)}`;
  const rowsFolder = join(folder, name);
  await removeRows(folder, [(await readManifest(folder))?.folder]);
  await mkdir(rowsFolder, { mode: 0o700 });
  const tally = {
    copied: 0,
    copiedBytes: 0,
    kept: 0,
    objectBytes: 0,
    missing: 0,
    onlyInBackup: 0,
    replaced: 0,
  };
  const copying = { ...making, rowsFolder, tally };
  const parts = await copyAll(source, copying);
  const damaged = isVerified ? await verifyCopies(copying) : 0;
  // Had the connection been lost, objects could have been deleted meanwhile.
  await source.requireHold();
  await writeManifest(folder, {
    format: 1,
    instanceId: source.instanceId,
    createdAt: createdAt.toISOString(),
    folder: name,
    migrations: [...source.migrations],
    secretMark: markOfSecret(config.authSecret),
    parts,
    objectBytes: tally.objectBytes,
    missingObjects: tally.missing,
  });
  await tidy(folder, name, to);
  signal.throwIfAborted();
  tell(context, { folder, createdAt, parts, tally, damaged });
  return tally.missing + tally.onlyInBackup + damaged === 0 ? EXIT.done : EXIT.notWell;
}

interface Made {
  readonly folder: string;
  readonly createdAt: Date;
  readonly parts: Record<string, BackupPart>;
  readonly tally: BackupTally;
  readonly damaged: number;
}

function tell({ report }: AdminContext, { folder, createdAt, parts, tally, damaged }: Made): void {
  const rows = Object.entries(parts).reduce(
    (sum, [part, { lines }]) => sum + (part === 'objects' ? 0 : lines),
    0,
  );
  report(
    { event: 'backed-up', folder, createdAt, rows, ...tally, damaged },
    `Whole: ${rows} rows; ${tally.copied} objects copied (${formatBytes(tally.copiedBytes)}), ${tally.kept} were ` +
      `there, ${formatBytes(tally.objectBytes)} in all. State of ${createdAt.toISOString()}.`,
  );
}

interface Copying extends Making {
  readonly rowsFolder: string;
  readonly tally: BackupTally;
}

interface BackupTally extends CopyTally {
  /** Objects that can't be had from the store: in no backup, or in this folder from before. */
  missing: number;
  onlyInBackup: number;
  /** Copies that were damaged, and are not any more. */
  replaced: number;
}

/** All rows of one moment, then the objects that they name. */
async function copyAll(
  source: BackupSource,
  { context: { config, report, showProgress, signal }, from, to, rowsFolder, tally }: Copying,
): Promise<Record<string, BackupPart>> {
  const space = { reserveBytes: config.diskReserveBytes, freeBytes: freeDiskBytes };
  const writing = { room: createDiskRoom(rowsFolder, space), signal };
  const parts: Record<string, BackupPart> = {};
  for (const table of source.tables)
    parts[table] = await writeLines(linesPath(rowsFolder, table), source.rows(table), writing);
  const onFault: CopyOptions['onFault'] = ({ key, isWell }, { kind, reason, isInBackup }) => {
    // Its owner knows of what has failed; that it could be had from here is news.
    if (!isWell && !isInBackup) return;
    if (isWell) tally[isInBackup ? 'onlyInBackup' : 'missing'] += 1;
    report(
      { event: kind, objectKey: key, reason, isInBackup },
      `${kind}: object ${key}: ${reason}. ${isInBackup ? 'The backup has it.' : 'The backup does not have it: see verify.'}`,
    );
  };
  const wanted = join(rowsFolder, 'wanted.jsonl');
  const { lines: total } = await writeLines(wanted, asLines(source.objects()), writing);
  await source.endSnapshot();
  using _ = showProgress(
    () => `${tally.kept + tally.copied} of ${total} objects, ${formatBytes(tally.copiedBytes)} copied`,
  );
  const copying = copyObjects(readWanted(wanted), { from, to, tally, signal, onFault });
  parts['objects'] = await writeLines(linesPath(rowsFolder, 'objects'), copying, writing);
  await rm(wanted);
  return parts;
}

async function* asLines<Item>(pieces: AsyncIterable<readonly Item[]>): AsyncGenerator<readonly string[]> {
  for await (const piece of pieces) yield piece.map((item) => JSON.stringify(item));
}

const wantedSchema = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  isShared: z.boolean(),
  isWell: z.boolean(),
});

async function* readWanted(path: string): AsyncGenerator<readonly NamedObject[]> {
  for await (const lines of readLines(path)) yield lines.map((line) => wantedSchema.parse(JSON.parse(line)));
}

/** Gives how many contents are damaged in the backup, and could not be had from the store again. */
async function verifyCopies({
  context: { report, showProgress, signal },
  from,
  to,
  rowsFolder,
  tally,
}: Copying): Promise<number> {
  let count = 0;
  using _ = showProgress(() => `${count} contents of the backup read`);
  const onRead = () => {
    count += 1;
  };
  const found = keysOf(await findDamagedCopies(to, { rowsFolder, signal, onRead }));
  if (found.size === 0) return 0;
  for (const objectKey of await replaceDamaged(found, { from, to, rowsFolder, signal })) {
    tally.replaced += 1;
    report({ event: 'replaced', objectKey }, `replaced: object ${objectKey} was damaged in the backup`);
  }
  const left = await findDamagedCopies(to, { rowsFolder, signal, keys: found });
  for (const content of left)
    report(
      { event: 'damaged', ...content, isInBackup: true },
      `damaged: object ${content.objectKey} in the backup (blob ${content.id}): ${content.reason}`,
    );
  return left.length;
}

/** What only the backups before had. */
async function tidy(folder: string, name: string, to: ObjectStore): Promise<void> {
  await removeRows(folder, [name]);
  for await (const key of unlistedObjects(to, join(folder, name))) await to.delete(key);
}

/** Also of backups that were killed, or found no room. */
async function removeRows(folder: string, kept: readonly (string | undefined)[]): Promise<void> {
  for (const entry of await readdir(folder))
    if (/^rows-[0-9-]+$/.test(entry) && !kept.includes(entry))
      await rm(join(folder, entry), { recursive: true });
}
