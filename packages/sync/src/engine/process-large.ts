import { isInstashareError } from '@instashare/client/node';
import { isUntouched } from '../model/local-stat.ts';
import type { Ticket } from './gate.ts';
import { isStillOpen } from './is-still-open.ts';
import { fail, type ProcessContext, settleOrFail } from './settle-items.ts';
import { uploadLarge } from './upload-large.ts';
import type { ItemOutcome, UploadContext } from './upload-outcome.ts';
import type { WorkItem } from './work-item.ts';

export interface TakenItem {
  readonly item: WorkItem;
  readonly ticket: Ticket;
}

/** Works on one large item and puts it where it belongs afterwards. Never rejects. */
export async function processLarge(
  context: ProcessContext,
  taken: TakenItem,
  signal: AbortSignal,
): Promise<void> {
  const { gate, list } = context;
  const { item, ticket } = taken;
  using intent = context.intents.begin();
  const { localPath, path } = item;
  const onContent = (sha256: string) => intent.note([{ path, localPath, is: sha256, version: null }]);
  try {
    const outcome = await work(context, { ...taken, onContent }, signal);
    if (outcome.kind === 'stored') gate.passed(ticket);
    if (settleOrFail(context, [{ item, outcome }], ticket)) intent.answered();
  } catch (error) {
    intent.failed(error);
    if (signal.aborted) list.putBack(item);
    else fail(context, { items: [item], ticket, error });
  }
  gate.unused(ticket);
}

async function work(
  { env, gate, mode }: ProcessContext,
  { item, onContent, ticket }: TakenItem & Pick<UploadContext, 'onContent'>,
  signal: AbortSignal,
): Promise<ItemOutcome> {
  const onAnswered = () => gate.passed(ticket);
  const onPostponed = () => gate.postponed(ticket);
  await using file = await env.files.open(item.localPath);
  const stat = await file.stat();
  if (stat === null) return { kind: 'vanished' };
  if (!isUntouched(item.rest.stat, stat)) return { kind: 'restless', stat };
  if (await isStillOpen({ env, mode }, item, file)) return { kind: 'open' };
  try {
    return await uploadLarge({ env, item, signal, onAnswered, onContent, onPostponed }, file, stat);
  } catch (error) {
    if (isInstashareError(error, 'source_changed')) return { kind: 'restless', stat: await file.stat() };
    throw error;
  }
}
