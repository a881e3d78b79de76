import type { Transfer } from '../../shared/app-state.ts';
import { formatBytes, formatNumber, formatTimeLeft } from '../../shared/format.ts';
import { useAction } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

const MOST_SHOWN = 8;

interface TransferListProps {
  readonly transfers: readonly Transfer[];
  readonly count: number;
}

export function TransferList({ transfers, count }: TransferListProps) {
  const cancel = useAction('transfers.cancel');
  if (transfers.length === 0) return null;
  const more = count - MOST_SHOWN;
  return (
    <section className="panel" aria-label="Transfers">
      <h2>On their way</h2>
      <ul className="rows">
        {transfers.slice(0, MOST_SHOWN).map((transfer) => (
          <li key={transfer.id} className="row">
            <Icon name={transfer.kind === 'upload' ? 'up' : 'down'} />
            <div className="row-main">
              <p className="row-title">{transfer.path}</p>
              <ProgressBar label={transfer.path} done={transfer.doneBytes} total={transfer.sizeBytes} />
              <p className="hint">{wordsOf(transfer)}</p>
            </div>
            {transfer.id.startsWith('hand-') ? (
              <button
                type="button"
                className="icon-button"
                aria-label={`Cancel ${transfer.path}`}
                onClick={() => cancel.mutate({ id: transfer.id })}
              >
                <Icon name="close" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="hint">and {formatNumber(more)} more</p> : null}
    </section>
  );
}

function wordsOf({ doneBytes, sizeBytes, bytesPerSecond, secondsLeft }: Transfer): string {
  const parts = [`${formatBytes(doneBytes)} of ${formatBytes(sizeBytes)}`];
  if (bytesPerSecond >= 1) parts.push(`${formatBytes(bytesPerSecond)}/s`);
  if (secondsLeft !== null && secondsLeft > 0) parts.push(formatTimeLeft(secondsLeft));
  return parts.join(' · ');
}
