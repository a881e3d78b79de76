import type { QueryClient } from '@tanstack/react-query';
import { windowEventSchema } from '../../shared/window-procedures.ts';

export const STATE_KEY = ['state'] as const;
export const SETTINGS_KEY = ['settings'] as const;
export const UPDATE_KEY = ['update'] as const;
export const FILES_KEY = ['files'] as const;

/** Keeps what is shown as the main process tells it. */
export function followEvents(queries: QueryClient): void {
  window.instashare.listen((raw) => {
    const event = windowEventSchema.parse(raw);
    switch (event.type) {
      case 'state':
        queries.setQueryData(STATE_KEY, event.state);
        return;
      case 'settings':
        queries.setQueryData(SETTINGS_KEY, event.settings);
        return;
      case 'update':
        queries.setQueryData(UPDATE_KEY, event.update);
        return;
      case 'files-changed':
        void queries.invalidateQueries({ queryKey: FILES_KEY });
    }
  });
}
