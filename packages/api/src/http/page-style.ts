/** What the pages of ours that run no script have in common: light and dark, and narrow screens. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --ground: #f3f5f7; --line: #d5dbe1; --accent: #0b5fbf; --on-accent: #ffffff; --problem: #a4161a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf0; --soft: #a3adb8; --paper: #1a1f26; --ground: #0f1317; --line: #333c46; --accent: #7db8ff; --on-accent: #08203d; --problem: #ff9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem; }
h1 { margin: 0; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere; }
.facts { margin: 0.25rem 0 1.25rem; color: var(--soft); }
.problem { color: var(--problem); font-weight: 600; }
a { color: var(--accent); }
.button { display: inline-block; padding: 0.6rem 1.2rem; border: 0; border-radius: 0.5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
input { display: block; width: 100%; max-width: 22rem; margin-bottom: 1rem; padding: 0.6rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--ground); color: var(--ink); font: inherit; }
footer { max-width: 46rem; margin: 1rem auto 0; color: var(--soft); font-size: 0.85rem; text-align: center; }
`;
