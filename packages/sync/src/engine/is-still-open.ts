import { hasJustComeToRest, wasTouchedMeanwhile } from '../model/quiet-window.ts';
import type { OpenFile, SyncEnvironment } from './environment.ts';
import type { WorkItem } from './work-item.ts';

/** What was stored so short a while ago, and has been touched again, is likely to be written bit by bit. */
const LATELY_MS = 60_000;

/**
 * Programs pause while they write: what has come to rest, but is still open for writing, is waited for a while longer.
 * To tell, the system looks through all open files, so it is asked only where that is likely.
 */
export async function isStillOpen(
  env: Pick<SyncEnvironment, 'clock' | 'state'>,
  item: WorkItem,
  file: OpenFile,
): Promise<boolean> {
  const now = env.clock.now();
  if (!hasJustComeToRest(item.rest, now)) return false;
  const isLikely =
    item.lane === 'large' ||
    wasTouchedMeanwhile(item.rest, now) ||
    (env.state.known(item.path)?.recordedAtMs ?? 0) > now.wallMs - LATELY_MS;
  return isLikely && (await file.isOpenForWriting());
}
