import type { ErrorCode } from '@instashare/contracts';
import { isUnchanged } from '../model/plan.ts';
import { forgetIfSame } from './delete-files.ts';
import { type FoundMove, findMoved } from './find-moved.ts';
import type { Ticket } from './gate.ts';
import { putInDoubt, takeOutOfDoubt } from './in-doubt.ts';
import type { Intended } from './intents.ts';
import type { MoveCandidate } from './move-candidates.ts';
import type { MovesOptions } from './moves.ts';
import { requestSlices } from './request-slices.ts';

/** Moves those candidates that were moved, and has the others uploaded. Gives those that are to be asked about later. */
export async function moveTogether(
  options: MovesOptions,
  candidates: readonly MoveCandidate[],
  ticket: Ticket,
): Promise<readonly MoveCandidate[]> {
  const { gate, lookAgain } = options;
  const { busy, moved, others, stale } = await findMoved(options, candidates);
  for (const candidate of others) upload(options, candidate);
  for (const moves of requestSlices(moved, ({ candidate, from }) => [candidate.file.path, from.path])) {
    const wanted = moves.map(({ candidate, from }) => ({
      id: from.fileId,
      path: candidate.file.path,
      ifVersion: from.version,
      ifPath: from.path,
    }));
    using intent = options.intents.begin();
    intent.note(moves.map(intendedOf));
    putInDoubt(
      options.env.state,
      moves.map(({ from }) => from),
    );
    const refusals = await options.env.remote.moveFiles(wanted, options.signal).catch((error: unknown) => {
      intent.failed(error);
      throw error;
    });
    gate.passed(ticket);
    settle(options, moves, refusals);
    intent.answered();
  }
  // What came back to where it was, while it was moved, was taken to be on the server.
  await lookAgain([...stale.map(({ file }) => file.localPath), ...moved.map(({ from }) => from.localPath)]);
  return busy;
}

const intendedOf = ({ candidate: { file }, from }: FoundMove): Intended => ({
  path: file.path,
  localPath: file.localPath,
  is: from.fileId,
  version: from.version,
});

function upload({ list }: MovesOptions, { file }: MoveCandidate): void {
  list.offer(file, { isHot: false });
}

function settle(
  options: MovesOptions,
  moves: readonly FoundMove[],
  refusals: readonly (ErrorCode | null)[],
): void {
  const { env, list, onEvent } = options;
  env.state.together(() => {
    for (const [index, { candidate, from }] of moves.entries()) {
      const { localPath, path } = candidate.file;
      const refusal = refusals[index];
      if (refusal === null) {
        env.state.putKnown({ ...from, localPath, path });
        forgetIfSame(env.state, from);
      } else if (refusal === 'file_not_found' || refusal === 'version_mismatch') {
        // What is there is another device's by now.
        forgetIfSame(env.state, from);
      } else {
        takeOutOfDoubt(env.state, from);
      }
    }
  });
  for (const [index, { candidate, from, stat }] of moves.entries()) {
    const { path } = candidate.file;
    if (refusals[index] !== null) {
      upload(options, candidate);
      continue;
    }
    onEvent({ type: 'moved', from: from.path, path });
    // It may have been changed before it was moved, and a name of its own has changed its times.
    if (!isUnchanged(stat, env.state.known(path))) list.offer({ ...candidate.file, stat }, { isHot: false });
  }
}
