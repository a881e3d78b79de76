import type { Problem } from '../../shared/app-state.ts';
import { formatCount } from '../../shared/format.ts';
import { useAction } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';

interface ProblemListProps {
  readonly problems: readonly Problem[];
  readonly count: number;
}

/** What could not be uploaded, why, and what to do about it. */
export function ProblemList({ problems, count }: ProblemListProps) {
  const retry = useAction('sync.now');
  if (count === 0) return null;
  return (
    <section className="panel panel-attention" aria-label="Problems">
      <div className="panel-head">
        <h2>{formatCount(count, 'problem')}</h2>
        <button type="button" className="button" onClick={() => retry.mutate(undefined)}>
          {count === 1 ? 'Try again' : 'Try all again'}
        </button>
      </div>
      <ul className="rows">
        {problems.map((problem) => (
          <ProblemRow
            key={problem.transferId ?? `${problem.folder}\0${problem.localPath}`}
            problem={problem}
          />
        ))}
      </ul>
    </section>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const { folder, localPath, transferId, message, advice } = problem;
  return (
    <li className="row">
      <Icon name="alert" />
      <div className="row-main">
        <p className="row-title">{localPath === '' ? folder : localPath}</p>
        <p className="hint">
          {message}
          {advice === null ? '' : `. ${advice}`}
        </p>
      </div>
      {transferId === null ? (
        <FolderActions folder={folder} localPath={localPath} />
      ) : (
        <TransferActions id={transferId} path={localPath} />
      )}
    </li>
  );
}

function FolderActions({ folder, localPath }: Pick<Problem, 'folder' | 'localPath'>) {
  const show = useAction('folders.show');
  const ignore = useAction('problems.ignore');
  return (
    <div className="row-actions">
      <button type="button" className="button" onClick={() => show.mutate({ folder, localPath })}>
        Show in folder<span className="visually-hidden">: {localPath === '' ? folder : localPath}</span>
      </button>
      {localPath === '' ? null : (
        <button
          type="button"
          className="button"
          aria-label={`Ignore ${localPath}`}
          title="It is not uploaded from this folder any more; the settings can undo that"
          onClick={() => ignore.mutate({ folder, localPath })}
        >
          Ignore
        </button>
      )}
    </div>
  );
}

/** What was asked for by hand: nobody takes it up again by itself. */
function TransferActions({ id, path }: { readonly id: string; readonly path: string }) {
  const retry = useAction('transfers.retry');
  const dismiss = useAction('transfers.dismiss');
  return (
    <div className="row-actions">
      <button
        type="button"
        className="button"
        aria-label={`Try again: ${path}`}
        onClick={() => retry.mutate({ id })}
      >
        Try again
      </button>
      <button
        type="button"
        className="button"
        aria-label={`Dismiss ${path}`}
        onClick={() => dismiss.mutate({ id })}
      >
        Dismiss
      </button>
    </div>
  );
}
