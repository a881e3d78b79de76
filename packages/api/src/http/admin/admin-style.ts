import { PAGE_STYLE } from '../page-style.ts';

/** The one style of the admin pages. On narrow screens a row of a table is a block, whose cells say what they are. */
export const ADMIN_STYLE = `${PAGE_STYLE}main, footer { max-width: 64rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin-bottom: 1.25rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
nav strong { font-size: 1.1rem; }
nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
nav form { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; margin-left: auto; color: var(--soft); overflow-wrap: anywhere; }
.plain { padding: 0; border: 0; background: none; color: var(--accent); font: inherit; text-decoration: underline; cursor: pointer; }
.small { padding: 0.3rem 0.75rem; font-size: 0.9rem; }
.plain:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 0.75rem; margin: 0; }
.figures div { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--ground); }
.figures dt { color: var(--soft); font-size: 0.9rem; }
.figures dd { margin: 0; font-size: 1.3rem; font-weight: 600; line-height: 1.3; }
.figures small, tbody small { display: block; color: var(--soft); font-size: 0.85rem; font-weight: 400; }
.bad { color: var(--problem); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { border-top: 0; color: var(--soft); font-size: 0.9rem; font-weight: 400; }
tbody th { font-weight: 600; overflow-wrap: anywhere; }
.after { padding-left: 1.25rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.row input { flex: 1 1 6rem; width: 8rem; max-width: 12rem; margin: 0; padding: 0.3rem 0.6rem; }
.row label { margin: 0; }
.find { margin-bottom: 0.75rem; }
.find input { flex-basis: 12rem; max-width: 22rem; }
.jobs { margin: 0.75rem 0 0; padding: 0; list-style: none; }
.jobs li { padding: 0.75rem 0; border-top: 1px solid var(--line); }
.jobs p { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
.jobs .row { justify-content: space-between; }
.jobs code, .jobs small { color: var(--soft); font-size: 0.85rem; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) {
body { padding: 0.75rem 0.5rem; }
main { padding: 1rem; }
.figures { grid-template-columns: 1fr 1fr; gap: 0.5rem; }
.figures div { padding: 0.5rem 0.75rem; }
.figures dd { font-size: 1.15rem; overflow-wrap: anywhere; }
nav form { margin-left: 0; width: 100%; justify-content: space-between; }
table, tbody, tr, th, td { display: block; }
thead { display: none; }
tr { padding: 0.5rem 0; border-top: 1px solid var(--line); }
th, td, .after { padding: 0.15rem 0; border: 0; }
td[data-name] { display: flex; gap: 1rem; justify-content: space-between; text-align: right; }
td[data-name]::before { content: attr(data-name); flex: none; color: var(--soft); }
td .row { justify-content: flex-end; }
}
`;
