import { Notification } from 'electron';
import type { AppState } from '../shared/app-state.ts';
import { type Heard, hear } from './news-between.ts';

/** Tells the person what they must know, seldom: one notification for a burst of work, one for each new trouble. */
export interface Notifier {
  readonly onState: (state: AppState) => void;
}

export interface NotifierOptions {
  readonly isOn: () => boolean;
  readonly onClick: () => void;
}

export function createNotifier({ isOn, onClick }: NotifierOptions): Notifier {
  let before: Heard | null = null;
  return {
    onState(state) {
      const { heard, news } = hear(before, state);
      before = heard;
      if (news === null || !isOn() || !Notification.isSupported()) return;
      const notification = new Notification(news);
      notification.on('click', onClick);
      notification.show();
    },
  };
}
