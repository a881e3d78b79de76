/** The page: what the app looks like. It reaches nothing but the bridge that the preload script gives it. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followEvents } from './lib/follow-events.ts';
import { keepFocus } from './lib/keep-focus.ts';
import { ToastHost } from './ui/toast-host.tsx';
import { Toasts } from './ui/toasts.tsx';

// What is asked here is answered by this machine: nothing is tried again by itself, nothing grows stale but by an event.
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
followEvents(queries);

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no place for the app');
keepFocus(root);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Toasts>
        <App />
        <ToastHost />
      </Toasts>
    </QueryClientProvider>
  </StrictMode>,
);
