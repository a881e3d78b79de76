import type { Activity } from '../../shared/app-state.ts';
import { formatAgo } from '../../shared/format.ts';
import { useNow } from '../lib/hooks.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';

const MOST_SHOWN = 12;

const KINDS: Readonly<Record<Activity['kind'], { readonly icon: IconName; readonly words: string }>> = {
  stored: { icon: 'up', words: 'Uploaded' },
  uploaded: { icon: 'up', words: 'Uploaded' },
  downloaded: { icon: 'down', words: 'Downloaded and verified' },
  moved: { icon: 'edit', words: 'Moved' },
  deleted: { icon: 'trash', words: 'Moved to the trash' },
  kept: { icon: 'alert', words: 'Kept on the server: another device has changed it' },
  failed: { icon: 'alert', words: 'Failed' },
};

export function ActivityList({ activity }: { readonly activity: readonly Activity[] }) {
  const now = useNow();
  return (
    <section className="panel" aria-label="Recent activity">
      <h2>Recent activity</h2>
      {activity.length === 0 ? (
        <Empty icon="clock" title="Nothing has happened yet" />
      ) : (
        <ul className="rows compact">
          {activity.slice(0, MOST_SHOWN).map(({ id, kind, path, detail, atMs }) => (
            <li key={id} className="row">
              <Icon name={KINDS[kind].icon} />
              <div className="row-main">
                <p className="row-title">{path}</p>
                <p className="hint">
                  {KINDS[kind].words}
                  {detail === null ? '' : kind === 'moved' ? ` from ${detail}` : `: ${detail}`}
                </p>
              </div>
              <time className="hint" dateTime={new Date(atMs).toISOString()}>
                {formatAgo(atMs, now)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
