import { bytesSource } from '@instashare/client/node';
import type { Ticket } from './gate.ts';
import { intendedOf, type SmallContent } from './read-small.ts';
import { classOf, fail, type ProcessContext, settleOrFail } from './settle-items.ts';
import { knownAfterUpload, modifiedAtOf, UPLOAD_RETRY } from './upload-outcome.ts';

export interface SinglySent {
  readonly contents: readonly SmallContent[];
  readonly ticket: Ticket;
  readonly signal: AbortSignal;
}

/**
 * Sends small files one after the other, each by an upload of its own. A failure that concerns everything ends
 * it: the rest goes back into the queue.
 */
export async function sendSingly(
  context: ProcessContext,
  { contents, ticket, signal }: SinglySent,
): Promise<void> {
  const left = contents.values();
  for (const content of left) {
    const { item, bytes, sha256, recorded } = content;
    using intent = context.intents.begin();
    try {
      intent.note([intendedOf(content)]);
      const upload = await context.env.remote.upload({
        path: item.path,
        source: bytesSource(bytes),
        sha256,
        modifiedAt: modifiedAtOf(recorded.stat),
        retry: UPLOAD_RETRY,
        signal,
      });
      context.gate.passed(ticket);
      const known = knownAfterUpload(item, recorded, upload);
      const isNoted = settleOrFail(context, [{ item, outcome: { kind: 'stored', known, upload } }], ticket);
      if (isNoted) intent.answered();
    } catch (error) {
      intent.failed(error);
      // It goes behind the others: what has no room for this one may have it for them.
      if (signal.aborted || classOf(context, error) === 'global') putBack(context, left);
      if (signal.aborted) context.list.putBack(item);
      else fail(context, { items: [item], ticket, error });
    }
  }
}

function putBack({ list }: ProcessContext, contents: Iterable<SmallContent>): void {
  for (const { item } of contents) list.putBack(item);
}
