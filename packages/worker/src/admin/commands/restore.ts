import { join } from 'node:path';
import {
  type BackupRows,
  inspectForRestore,
  MIGRATION_NAMES,
  migrate,
  restoreRows,
} from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';
import { forEachAtOnce } from '../../for-each-at-once.ts';
import { AdminError, EXIT, UsageError } from '../admin-error.ts';
import { linesPath, markOfSecret, openBackupObjects, readObjectList } from '../backup/backup-folder.ts';
import { putCopy } from '../backup/copy-objects.ts';
import { isIntact, readLines } from '../backup/line-file.ts';
import { type Manifest, readManifest } from '../backup/manifest.ts';
import { unlistedObjects } from '../backup/unlisted-objects.ts';
import { findDamagedCopies } from '../backup/verify-copies.ts';
import { formatBytes } from '../bytes.ts';
import type { AdminCommand, AdminContext } from '../context.ts';

const AT_ONCE = 4;

/** `restore DIR [--verify]` */
export const restore: AdminCommand = async (context, { positionals: [folder], options }) => {
  if (folder === undefined) throw new UsageError('Where from? Name the folder of a backup.');
  const { config, report, signal } = context;
  const manifest = await readManifest(folder);
  if (manifest === null)
    throw new AdminError(`${folder} holds no whole backup: there is no manifest.json in it.`);
  await requireEmptyDatabase(config.database.url, manifest);
  const rowsFolder = join(folder, manifest.folder);
  await using from = openBackupObjects(folder, { reserveBytes: 0 });
  await requireWhole(manifest, { from, rowsFolder, signal });
  if (options['verify'] === true) await requireUndamaged(context, { from, rowsFolder, signal });
  await migrate(config.database.url);
  const database = await context.openDatabase();
  for await (const key of unlistedObjects(
    await context.openStore(database, { mayMark: false }),
    rowsFolder,
  )) {
    throw new AdminError(
      `The store is not empty: it has ${key}, which the backup has not. Nothing was changed but for tables that are empty.`,
    );
  }
  const to = await context.openStore(database, { mayMark: true });
  // Objects first: as long as no row names them, nothing looks for them.
  const put = await putAll(context, { from, to, rowsFolder });
  const rows: BackupRows = {
    read: (table) => readLines(linesPath(rowsFolder, table)),
    count: (table) => manifest.parts[table]?.lines ?? 0,
  };
  if (!(await restoreRows(config.database.url, rows))) throw notEmpty();
  const objects = manifest.parts['objects']?.lines ?? 0;
  tell(manifest, context);
  report(
    { event: 'restored', createdAt: manifest.createdAt, objects, ...put, objectBytes: manifest.objectBytes },
    `Restored as of ${manifest.createdAt}: ${objects} objects, ${formatBytes(manifest.objectBytes)}.`,
  );
  return manifest.missingObjects + put.unreadable === 0 ? EXIT.done : EXIT.notWell;
};

/** What is there already is left: a restore that was stopped is gone on with. What can't be read is left out. */
async function putAll(
  { report, showProgress, signal }: AdminContext,
  {
    from,
    to,
    rowsFolder,
  }: { readonly from: ObjectStore; readonly to: ObjectStore; readonly rowsFolder: string },
): Promise<{ readonly copied: number; readonly unreadable: number }> {
  const tally = { copied: 0, unreadable: 0 };
  using _ = showProgress(() => `${tally.copied} objects copied`);
  for await (const piece of readObjectList(rowsFolder)) {
    signal.throwIfAborted();
    await forEachAtOnce(piece, AT_ONCE, async (object) => {
      const outcome = await putCopy(object, { from, to, signal });
      if (outcome === 'copied') tally.copied += 1;
      if (typeof outcome === 'string') return;
      tally.unreadable += 1;
      report(
        { event: outcome.kind, objectKey: object.key, reason: outcome.reason },
        `${outcome.kind}: object ${object.key} is left out: ${outcome.reason}`,
      );
    });
  }
  return tally;
}

const notEmpty = () =>
  new AdminError(
    'The database is not empty. A backup is restored into an empty one only; nothing was changed in it.',
  );

/** Before anything is made in it. */
async function requireEmptyDatabase(url: string, manifest: Manifest): Promise<void> {
  if (manifest.migrations.toSorted().join() !== MIGRATION_NAMES.join()) {
    throw new AdminError(
      `The backup was made by another version of Instashare (its last migration is ${manifest.migrations.at(-1)}, here it ` +
        `is ${MIGRATION_NAMES.at(-1)}). Restore it with that version, and upgrade then. Nothing was changed.`,
    );
  }
  const { isEmpty, migrations } = await inspectForRestore(url);
  if (!isEmpty) throw notEmpty();
  if (migrations.every((name) => MIGRATION_NAMES.includes(name))) return;
  throw new AdminError('The database has tables of a newer version of Instashare. Nothing was changed.');
}

interface Checked {
  readonly from: ObjectStore;
  readonly rowsFolder: string;
  readonly signal: AbortSignal;
}

/** Before anything is touched: every file is what the manifest says, and every object is there with its size. */
async function requireWhole({ parts }: Manifest, { from, rowsFolder, signal }: Checked): Promise<void> {
  for (const [name, part] of Object.entries(parts)) {
    if (await isIntact(join(rowsFolder, `${name}.jsonl`), part)) continue;
    throw new AdminError(
      `The backup is damaged: ${name}.jsonl is not what the manifest says. Nothing was changed.`,
    );
  }
  for await (const piece of readObjectList(rowsFolder)) {
    signal.throwIfAborted();
    await forEachAtOnce(piece, AT_ONCE, async ({ key, sizeBytes }) => {
      if ((await from.stat(key))?.sizeBytes === sizeBytes) return;
      throw new AdminError(
        `The backup is damaged: object ${key} is missing or has another size. Nothing was changed.`,
      );
    });
  }
}

async function requireUndamaged(
  { report, showProgress }: AdminContext,
  { from, ...reading }: Checked,
): Promise<void> {
  let count = 0;
  using _ = showProgress(() => `${count} contents of the backup read`);
  const onRead = () => {
    count += 1;
  };
  const damaged = await findDamagedCopies(from, { ...reading, onRead });
  for (const content of damaged)
    report(
      { event: 'damaged', ...content },
      `damaged: object ${content.objectKey} (blob ${content.id}): ${content.reason}`,
    );
  if (damaged.length === 0) return;
  throw new AdminError(
    `The backup is damaged: ${damaged.length} contents are not what they should be. Nothing was changed. Without ` +
      '--verify everything is restored, these as they are or left out: verify finds them then, and sending the files again repairs them.',
  );
}

/** What does not go on as before. */
function tell({ missingObjects, secretMark }: Manifest, { config, report }: AdminContext): void {
  if (secretMark !== markOfSecret(config.authSecret)) {
    report(
      { event: 'other-secret' },
      'AUTH_SECRET is not the one the backup was made with: everybody has to log in again, and webhooks have to be made anew.',
    );
  }
  if (missingObjects > 0) {
    report(
      { event: 'missing', missingObjects },
      `${missingObjects} objects were missing when it was made: see verify.`,
    );
  }
}
