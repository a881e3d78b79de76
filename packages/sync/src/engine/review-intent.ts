import type { KnownFile } from '../model/known-file.ts';
import { isUnchanged } from '../model/plan.ts';
import type { StoredAtPath, SyncEnvironment } from './environment.ts';
import { NO_CONTENT } from './in-doubt.ts';
import { isGone } from './is-gone.ts';
import type { EndedIntent } from './unanswered.ts';

type Env = Pick<SyncEnvironment, 'files' | 'remote' | 'state'>;

/**
 * What became of something that the server was asked for and did not answer. `ours`: it has it, the folder has it no
 * more, and it is known by now; `open`: it is still to be uploaded. Rejects when the server can't be asked.
 */
export async function reviewIntent(
  env: Env,
  intent: EndedIntent,
  signal: AbortSignal,
): Promise<'open' | 'ours' | 'settled'> {
  const { files, remote, state } = env;
  const { localPath, path } = intent;
  const known = state.known(path);
  if (known !== undefined && meets(intent, known.sha256, known.fileId)) return 'settled';
  if (!(await isGone(files, localPath))) return (await isStored(env, intent)) ? 'settled' : 'open';
  const there = await remote.findByPath(path, signal);
  signal.throwIfAborted();
  if (there === null || !isAnswerTo(intent, there)) return 'settled';
  // What has been noted down meanwhile is newer.
  if (state.known(path)?.version === known?.version) state.putKnown(unseen(intent, there));
  return 'ours';
}

/** The file is there, and the server has it as it is; not when it can't be looked at. */
async function isStored({ files, state }: Env, { localPath, path }: EndedIntent): Promise<boolean> {
  const entry = await files.look(localPath).catch(() => null);
  return entry?.kind === 'file' && isUnchanged(entry.stat, state.known(path));
}

/** The clocks of two machines may differ by so much, and no more is believed. */
const CLOCKS_DIFFER_MS = 120_000;

/**
 * What another device put there, or has made of it since, is not ours to delete: the same content from before it was asked
 * for here, or from after that had ended, and another version of a file that was moved.
 */
function isAnswerTo(intent: EndedIntent, { id, sha256, version, updatedAt }: StoredAtPath): boolean {
  if (intent.version !== null) return id === intent.is && version === intent.version;
  const atMs = Date.parse(updatedAt);
  const isWithin = atMs >= intent.notedAtMs - CLOCKS_DIFFER_MS && atMs <= intent.endedAtMs + CLOCKS_DIFFER_MS;
  return sha256 === intent.is && isWithin;
}

const meets = ({ is }: EndedIntent, sha256: string, fileId: string): boolean =>
  is === sha256 || is === fileId;

/** How the file was when it was sent, nobody knows any more: if it comes back, its content is asked for. */
const unseen = ({ localPath, path }: EndedIntent, { id, sizeBytes, version }: StoredAtPath): KnownFile => ({
  path,
  localPath,
  sizeBytes,
  mtimeNs: 0n,
  ctimeNs: 0n,
  ino: 0n,
  birthNs: 0n,
  sha256: NO_CONTENT,
  fileId: id,
  version,
  recordedAtMs: 0,
});
