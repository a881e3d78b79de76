import { relative, sep } from 'node:path';
import { subscribe } from '@parcel/watcher';
import type { FolderWatcher } from '../engine/environment.ts';

/** Watches `root` (an absolute, real path) and everything below it by what the system has for that. */
export function createParcelWatcher(root: string): FolderWatcher {
  return {
    async watch({ onHint, onLost }) {
      try {
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

/** Linux says "no space left on device" when it means that one may not watch so many folders. */
function explain(error: Error): Error {
  const isLimit = /inotify|No space left on device|ENOSPC|Too many open files|EMFILE/i.test(error.message);
  if (!isLimit || process.platform !== 'linux') return error;
  return new Error(
    'this system allows too few folders to be watched at once: ' +
      'raise it with "sudo sysctl fs.inotify.max_user_watches=524288"',
    { cause: error },
  );
}
