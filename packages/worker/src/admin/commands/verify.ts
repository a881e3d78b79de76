import type { Database } from '@instashare/backend/database';
import { failContent } from '@instashare/backend/versions';
import { EXIT, UsageError } from '../admin-error.ts';
import { formatBytes, parseBytes } from '../bytes.ts';
import { type AdminCommand, type AdminContext, textOption } from '../context.ts';
import { describeVersions } from '../describe-versions.ts';
import { createBoundedRate } from '../verify/bounded-rate.ts';
import { checkContent, type Damage } from '../verify/check-content.ts';
import { createStateFile, type VerifyState } from '../verify/verify-state.ts';

const PAGE = 500;
/** So much is read again at most after a kill. */
const SAVE_MS = 1000;
const ADVICE = {
  sent: 'It is marked as failed: its owner is told, and sending the file again repairs every version that has it.',
  unmarked:
    'Look at the disk or the bucket first. If the object is gone for good: restore it from a backup, or run this ' +
    'with --mark-failed, so that its owner is told to send it again.',
  unreadable:
    'It may be well, so it is never marked as failed. Put right what keeps it from being read, and verify again.',
} as const;

/** `verify [--rate BYTES] [--since DATE] [--state FILE] [--mark-failed]` */
export const verify: AdminCommand = async (context, { options }) => {
  const { now, report, signal } = context;
  const bytesPerSecond = readRate(textOption(options, 'rate'));
  const since = readSince(textOption(options, 'since'));
  const isMarking = options['mark-failed'] === true;
  const database = await context.openDatabase();
  const objects = await context.openStore(database, { mayMark: false });
  const { id: instanceId } = await database.repositories.instance.find();
  const file = createStateFile(textOption(options, 'state') ?? null);
  const begin = { instanceId, since: since?.toISOString() ?? null, afterId: null };
  const state = { ...(await file.load({ ...begin, checked: 0, checkedBytes: 0, damaged: 0 })) };
  if (state.afterId !== null)
    report({ event: 'resumed', ...state }, `Goes on after ${state.checked} contents.`);
  const checking = { database, objects, signal, rate: createBoundedRate(bytesPerSecond, signal) };
  using _ = context.showProgress(
    () => `${state.checked} contents read, ${formatBytes(state.checkedBytes)}: ${state.damaged} are not well`,
  );
  let savedAtMs = now().getTime();
  try {
    for await (const blobId of readableIds(database, state, since)) {
      signal.throwIfAborted();
      const checked = await checkContent(blobId, checking);
      const damage = checked?.damage ?? null;
      if (damage !== null) await found(damage, { context, database, isMarking, state });
      state.afterId = blobId;
      state.checked += checked === null ? 0 : 1;
      state.checkedBytes += checked?.sizeBytes ?? 0;
      if (now().getTime() - savedAtMs < SAVE_MS) continue;
      await file.save(state);
      savedAtMs = now().getTime();
    }
  } catch (error) {
    await file.save(state);
    throw error;
  }
  await file.clear();
  const { checked, checkedBytes, damaged } = state;
  const summary = `${checked} contents, ${formatBytes(checkedBytes)}: ${damaged === 0 ? 'all well' : `${damaged} damaged, missing or unreadable`}.`;
  report({ event: 'verified', checked, checkedBytes, damaged }, summary);
  return damaged === 0 ? EXIT.done : EXIT.notWell;
};

function readRate(text: string | undefined): number | null {
  if (text === undefined) return null;
  const rate = parseBytes(text.replace(/\/s$/, ''));
  if (rate === 0) throw new UsageError('--rate must be above 0.');
  return rate;
}

function readSince(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const since = new Date(text);
  if (Number.isNaN(since.getTime())) throw new UsageError(`--since ${text} is no date such as 2026-11-01.`);
  return since;
}

/** In the order of ids; what was made meanwhile may come or not. */
async function* readableIds(
  database: Database,
  { afterId: first }: VerifyState,
  since: Date | null,
): AsyncGenerator<string> {
  let afterId = first;
  do {
    const page: readonly string[] = await database.repositories.admin.listReadable(afterId, {
      since,
      limit: PAGE,
    });
    yield* page;
    afterId = page.length === PAGE ? (page.at(-1) ?? null) : null;
  } while (afterId !== null);
}

interface Finding {
  readonly context: Pick<AdminContext, 'report'>;
  readonly database: Database;
  readonly isMarking: boolean;
  readonly state: VerifyState;
}

/** Counts it before its id is passed: what was reported is not forgotten by a kill. */
async function found(
  { blob, kind, reason }: Damage,
  { context, database, isMarking, state }: Finding,
): Promise<void> {
  state.damaged += 1;
  const uses = await database.repositories.admin.findUses(blob.id);
  const { email = '', versions = [] } = uses ?? {};
  const mayMark = isMarking && kind !== 'unreadable';
  const isMarked = mayMark && (await failContent(database, [blob], reason)) > 0;
  const advice = kind === 'unreadable' ? ADVICE.unreadable : isMarked ? ADVICE.sent : ADVICE.unmarked;
  const place = `object ${blob.objectKey}${blob.objectOffset === null ? '' : ` at byte ${blob.objectOffset}`}`;
  const { id, objectKey, objectOffset, encoding, sizeBytes, sha256 } = blob;
  context.report(
    {
      event: kind,
      id,
      email,
      versions,
      reason,
      objectKey,
      objectOffset,
      encoding,
      sizeBytes,
      sha256,
      isMarked,
      advice,
    },
    `${kind}: ${email}  ${describeVersions(versions)}\n  ${reason} (blob ${id}, ${place})\n  ${advice}`,
  );
}
