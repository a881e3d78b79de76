import { isInstashareError } from '@instashare/client/node';
import { type BundleBudget, costInBundle } from './bundle-budget.ts';
import type { Ticket } from './gate.ts';
import { createBlock, giveBack, intendedOf, readSmallFiles, type SmallContent } from './read-small.ts';
import { sendSingly } from './send-singly.ts';
import { classOf, fail, type ProcessContext, type Settled, settleOrFail } from './settle-items.ts';
import { knownAfterUpload, modifiedAtOf, UPLOAD_RETRY } from './upload-outcome.ts';
import type { WorkItem } from './work-item.ts';

export interface TakenBundle {
  readonly items: readonly WorkItem[];
  readonly ticket: Ticket;
  readonly budget: BundleBudget;
}

interface Sending extends TakenBundle {
  readonly contents: readonly SmallContent[];
  readonly signal: AbortSignal;
}

/** Works on small items together and puts each where it belongs afterwards. Never rejects. */
export async function processBundle(
  context: ProcessContext,
  taken: TakenBundle,
  signal: AbortSignal,
): Promise<void> {
  const { items, ticket } = taken;
  const contents: SmallContent[] = [];
  const settled: Settled[] = [];
  const block = createBlock(items);
  for (const read of await readSmallFiles(context, items, block)) {
    if (read.kind === 'content') contents.push(read.content);
    else if (read.kind === 'settled') settled.push(read);
    else fail(context, { items: [read.item], ticket, error: read.error });
  }
  settleOrFail(context, settled, ticket);
  const isFree = contents.length === 0 || (await send(context, { ...taken, contents, signal }));
  if (isFree) giveBack(block);
  context.gate.unused(ticket);
}

/**
 * True when nothing reads the contents any more. What was sent without an answer to all of it may still be on its
 * way to the socket.
 */
async function send(context: ProcessContext, sending: Sending): Promise<boolean> {
  const { budget, contents, signal, ticket } = sending;
  if (isTooLarge(sending)) {
    await sendSingly(context, sending);
    return false;
  }
  let settled: Settled[];
  using intent = context.intents.begin();
  try {
    intent.note(contents.map(intendedOf));
    settled = await sendTogether(context, sending);
  } catch (error) {
    intent.failed(error);
    if (isInstashareError(error, 'network', 'payload_too_large')) budget.broke();
    // Where there is no room for all there may be some; and one that is at fault must not keep back the others.
    const isOfSome = isInstashareError(error, 'quota_exceeded') || classOf(context, error) !== 'global';
    const items = contents.map(({ item }) => item);
    if (isOfSome && !signal.aborted) await sendSingly(context, sending);
    else if (signal.aborted) for (const item of items) context.list.putBack(item);
    else fail(context, { items, ticket, error });
    return false;
  }
  if (settleOrFail(context, settled, ticket)) intent.answered();
  return true;
}

/** One that is too much for one request over this line goes by the upload that goes on where it broke. */
function isTooLarge({ budget, contents }: Sending): boolean {
  const [first] = contents;
  return first !== undefined && contents.length === 1 && costInBundle(first.bytes.byteLength) > budget.bytes;
}

/** Sends all in one request; those that the server refused are failed, the others returned. */
async function sendTogether(
  context: ProcessContext,
  { budget, contents, signal, ticket }: Sending,
): Promise<Settled[]> {
  const { linkFirst } = context;
  const { clock, remote } = context.env;
  const startedAtMs = clock.now().monotonicMs;
  const files = contents.map(({ item, bytes, sha256, recorded }) => ({
    path: item.path,
    bytes,
    sha256,
    modifiedAt: modifiedAtOf(recorded.stat),
  }));
  const asks = linkFirst.isWorthIt(contents);
  if (asks) linkFirst.asks(files.length);
  const results = await remote.uploadBundle(files, { linkFirst: asks, retry: UPLOAD_RETRY, signal });
  if (asks) linkFirst.found(results.filter((result) => 'file' in result && result.sentBytes === 0).length);
  budget.arrived(clock.now().monotonicMs - startedAtMs);
  context.gate.passed(ticket);
  const settled: Settled[] = [];
  for (const [index, { item, recorded }] of contents.entries()) {
    const result = results[index];
    if (result === undefined) throw new Error('the answer to a bundle has too few results');
    if ('error' in result) {
      fail(context, { items: [item], ticket, error: result.error });
    } else {
      const known = knownAfterUpload(item, recorded, result);
      settled.push({ item, outcome: { kind: 'stored', known, upload: result } });
    }
  }
  return settled;
}
