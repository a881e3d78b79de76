import type { Health } from '../../shared/app-state.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

const ICONS: Readonly<Record<Health, IconName>> = {
  signed_out: 'offline',
  up_to_date: 'check',
  scanning: 'search',
  uploading: 'up',
  waiting: 'clock',
  offline: 'offline',
  paused: 'pause',
  attention: 'alert',
};

/** The state as a coloured mark; the words stand beside it. */
export function HealthMark({ health }: { readonly health: Health }) {
  return (
    <span className="mark" data-health={health}>
      <Icon name={ICONS[health]} />
    </span>
  );
}
