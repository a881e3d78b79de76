import { relative, sep } from 'node:path';
import type { FolderWatcher } from '../engine/environment.ts';
import { explainWatchFailure } from './explain-watch-failure.ts';

const explain = (error: Error) => explainWatchFailure(error, process.platform);

/** Watches `root` (an absolute, real path) and everything below it, where the system itself watches whole trees: macOS, Windows. */
export function createParcelWatcher(root: string): FolderWatcher {
  return {
    async watch({ onHint, onLost }) {
      try {
        // Only where it is used: it brings native code.
        const { subscribe } = await import('@parcel/watcher');
        const subscription = await subscribe(root, (error, events) => {
          if (error !== null) return onLost(explain(error));
          onHint(events.map((event) => localPathOf(root, event.path)).filter((path) => path !== ''));
          // What may be made in its place is another folder, and not watched.
          if (events.some(({ path, type }) => path === root && type === 'delete')) {
            onLost(new Error('the folder was moved or deleted'));
          }
        });
        return { [Symbol.asyncDispose]: () => subscription.unsubscribe() };
      } catch (error) {
        throw error instanceof Error ? explain(error) : error;
      }
    },
  };
}

function localPathOf(root: string, path: string): string {
  const local = relative(root, path);
  return sep === '/' ? local : local.replaceAll(sep, '/');
}
