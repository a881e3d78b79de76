import type { Activity } from '../shared/app-state.ts';

const MOST_ENTRIES = 100;

/** What happened last, the newest first. */
export interface ActivityLog {
  add(entry: Pick<Activity, 'kind' | 'path'> & { readonly detail?: string }): void;
  list(): Activity[];
}

export function createActivityLog(): ActivityLog {
  const entries: Activity[] = [];
  let lastId = 0;
  return {
    add({ kind, path, detail }) {
      lastId += 1;
      entries.unshift({ id: lastId, kind, path, detail: detail ?? null, atMs: Date.now() });
      if (entries.length > MOST_ENTRIES) entries.pop();
    },
    list: () => [...entries],
  };
}
