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
  const show = useAction('folders.show');
  const retry = useAction('sync.now');
  if (count === 0) return null;
  return (
    <section className="panel panel-attention" aria-label="Problems">
      <div className="panel-head">
        <h2>{formatCount(count, 'problem')}</h2>
        <button type="button" className="button" onClick={() => retry.mutate(undefined)}>
          Try again
        </button>
      </div>
      <ul className="rows">
        {problems.map(({ folder, localPath, message, advice }) => (
          <li key={`${folder}\0${localPath}`} className="row">
            <Icon name="alert" />
            <div className="row-main">
              <p className="row-title">{localPath === '' ? folder : localPath}</p>
              <p className="hint">
                {message}
                {advice === null ? '' : `. ${advice}`}
              </p>
            </div>
            <button type="button" className="button" onClick={() => show.mutate({ folder, localPath })}>
              Show in folder
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
