import { app } from 'electron';
import { readDeepLink } from './read-deep-link.ts';

/** `instashare://open` shows the window. A link can come from any page: it carries no data and does nothing else. */
export function createDeepLinks({ onOpen }: { readonly onOpen: () => void }): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient('instashare');
  // macOS tells it so; elsewhere the system starts the app a second time, which shows the window anyway.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    if (readDeepLink(url) === 'open') onOpen();
  });
}
