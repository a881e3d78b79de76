import type { KnownFile } from '../model/known-file.ts';
import { isSameStat, type LocalStat } from '../model/local-stat.ts';
import { inTurns } from './in-turns.ts';
import { isGone } from './is-gone.ts';
import type { MoveCandidate } from './move-candidates.ts';
import type { MovesOptions } from './moves.ts';

/** A candidate that was moved, and from where. */
export interface FoundMove {
  readonly candidate: MoveCandidate;
  readonly from: KnownFile;
  /** The file as it is now. */
  readonly stat: LocalStat;
}

export interface FoundMoves {
  readonly moved: readonly FoundMove[];
  /** Files of their own. */
  readonly others: readonly MoveCandidate[];
  /** Files that have changed, or gone, since they were seen: to be looked at anew. */
  readonly stale: readonly MoveCandidate[];
  /** What they may have been is being worked on: to be asked about later. */
  readonly busy: readonly MoveCandidate[];
}

const LOOKS_AT_ONCE = 16;

/** Looks once more which candidates were moved: they are there, and what they were is not. */
export async function findMoved(
  options: Pick<MovesOptions, 'env' | 'list'>,
  candidates: readonly MoveCandidate[],
): Promise<FoundMoves> {
  const found = {
    moved: [] as FoundMove[],
    others: [] as MoveCandidate[],
    stale: [] as MoveCandidate[],
    busy: [] as MoveCandidate[],
  };
  // One of two links to a file that is gone can be what it was.
  const claimed = new Set<string>();
  await inTurns(candidates, LOOKS_AT_ONCE, async (candidate) => {
    const { file, relatives } = candidate;
    const stat = await statNow(options, file.localPath);
    if (stat === null || !isSameStat(stat, file.stat)) return void found.stale.push(candidate);
    if (relatives.some((path) => options.list.has(path))) return void found.busy.push(candidate);
    const from = await findSource(options, candidate, claimed);
    if (from === null) found.others.push(candidate);
    else found.moved.push({ candidate, from, stat });
  });
  return found;
}

async function statNow({ env }: Pick<MovesOptions, 'env'>, localPath: string): Promise<LocalStat | null> {
  try {
    const entry = await env.files.look(localPath);
    return entry?.kind === 'file' ? entry.stat : null;
  } catch {
    return null;
  }
}

async function findSource(
  { env }: Pick<MovesOptions, 'env'>,
  { file, relatives }: MoveCandidate,
  claimed: Set<string>,
): Promise<KnownFile | null> {
  for (const path of relatives) {
    // As it is known now, which may be newer than when the candidate was found.
    const known = env.state.known(path);
    if (known?.ino !== file.stat.ino || claimed.has(known.path)) continue;
    claimed.add(known.path);
    if (await isGone(env.files, known.localPath)) return known;
    claimed.delete(known.path);
  }
  return null;
}
