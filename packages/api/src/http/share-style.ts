import { PAGE_STYLE } from './page-style.ts';

/** The one style of the page of a share. */
export const SHARE_STYLE = `${PAGE_STYLE}img, video { display: block; max-width: 100%; max-height: 70vh; margin: 0 auto 1.25rem; border-radius: 0.5rem; }
audio { display: block; width: 100%; margin-bottom: 1.25rem; }
pre { max-height: 60vh; margin: 0 0 1.25rem; padding: 1rem; overflow: auto; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--ground); font: 0.875rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.files { margin: 0; padding: 0; list-style: none; }
.files li { display: flex; gap: 1rem; justify-content: space-between; padding: 0.6rem 0; border-top: 1px solid var(--line); }
.files a { overflow-wrap: anywhere; }
.files span { flex: none; color: var(--soft); }
`;
