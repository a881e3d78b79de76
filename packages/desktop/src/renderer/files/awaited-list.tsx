import { formatBytes } from '../../shared/format.ts';
import { useAction, useKnownState } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { nameOf } from './use-open-file.ts';

/** Downloads that somebody waits for, right where they were asked for. */
export function AwaitedList() {
  const cancel = useAction('transfers.cancel');
  const awaited = useKnownState().transfers.filter(({ isAwaited }) => isAwaited);
  if (awaited.length === 0) return null;
  return (
    <ul className="rows awaited" aria-label="Being fetched">
      {awaited.map(({ id, path, doneBytes, sizeBytes }) => (
        <li key={id} className="row">
          <div className="row-main">
            <p className="row-title">
              Fetching {nameOf({ path })}{' '}
              <span className="hint">
                {formatBytes(doneBytes)} of {formatBytes(sizeBytes)}
              </span>
            </p>
            <ProgressBar label={`Fetching ${path}`} done={doneBytes} total={sizeBytes} />
          </div>
          <button
            type="button"
            className="icon-button"
            aria-label={`Cancel ${path}`}
            onClick={() => cancel.mutate({ id })}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
