import { savedPercent, writeByteCount } from '@instashare/contracts/rules';
import type { QueueCounts } from '../../services/admin/view-queue.ts';
import type { AccountsWanted, ServerView } from '../../services/admin/view-server.ts';
import { formatBytes, formatTime, escapeHtml as h } from '../html.ts';
import { adminPage, type Frame } from './admin-page.ts';
import { formatAge, formatCount } from './figures.ts';

type Account = ServerView['accounts'][number];

export function renderOverview(view: ServerView, frame: Frame, wanted: AccountsWanted): string {
  return adminPage(
    'Overview',
    frame,
    `${figures(view)}
<h2>Queue</h2>
${queues(view, frame)}
<h2>Accounts</h2>
${accounts(view, frame, wanted)}`,
  );
}

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  readonly isBad?: boolean;
}

const figure = ({ name, value, note, isBad = false }: Figure): string =>
  `<div><dt>${name}</dt><dd${isBad ? ' class="bad"' : ''}>${value}${note === undefined ? '' : `<small>${note}</small>`}</dd></div>`;

function figures({ figures: of, freeBytes }: ServerView): string {
  if (of === null) return '<p class="problem">The figures could not be counted.</p>';
  const { sizeBytes, storedBytes } = of;
  const all: Figure[] = [
    { name: 'Users', value: formatCount(of.users) },
    {
      name: 'Files',
      value: formatCount(of.files),
      note: `${formatCount(of.trashedFiles)} more in the trash`,
    },
    { name: 'Versions', value: formatCount(of.versions) },
    { name: 'Uploaded', value: formatBytes(sizeBytes), note: 'each content once' },
    { name: 'In the store', value: formatBytes(storedBytes) },
    {
      name: 'Saved',
      value: formatBytes(Math.max(0, sizeBytes - storedBytes)),
      note: `${savedPercent(sizeBytes, storedBytes)} %`,
    },
    { name: 'Failed files', value: formatCount(of.failedFiles), isBad: of.failedFiles > 0 },
    ...(freeBytes === null ? [] : [{ name: 'Free on disk', value: formatBytes(freeBytes) }]),
  ];
  return `<p class="facts">Counted ${formatTime(of.countedAt)}, at most once a minute.</p>
<dl class="figures">
${all.map(figure).join('\n')}
</dl>`;
}

function queues({ queues: all }: ServerView, { base }: Frame): string {
  if (all === null) return '<p class="problem">The queue does not answer.</p>';
  const sum = (of: (queue: QueueCounts) => number) => all.reduce((total, one) => total + of(one), 0);
  const failed = sum((queue) => queue.failed);
  const oldest = Math.max(...all.map(({ oldestWaitingSeconds }) => oldestWaitingSeconds));
  const shown: Figure[] = [
    {
      name: 'Waiting',
      value: formatCount(sum((queue) => queue.waiting)),
      ...(oldest > 0 ? { note: `for up to ${formatAge(oldest)}` } : {}),
    },
    { name: 'Active', value: formatCount(sum((queue) => queue.active)) },
    {
      name: 'Delayed',
      value: formatCount(sum((queue) => queue.delayed)),
      note: 'for another try, or their time',
    },
    { name: 'Failed jobs', value: formatCount(failed), isBad: failed > 0 },
  ];
  return `<dl class="figures">
${shown.map(figure).join('\n')}
</dl>
<p><a href="${h(base)}/queue">All jobs</a></p>`;
}

function accounts({ accounts: all, nextAfter }: ServerView, { base }: Frame, wanted: AccountsWanted): string {
  const rows = all.map((account) => accountRow(account, base, wanted));
  const none = all.length > 0 ? '' : '<p>There is no such account.</p>';
  const next =
    nextAfter === null ? '' : `<a href="${h(base)}?after=${encodeURIComponent(nextAfter)}">More accounts</a>`;
  const isFirst = wanted.account === null && wanted.after === null;
  const first = isFirst ? '' : `<a href="${h(base)}">From the first</a>`;
  return `<form class="row find" method="get" action="${h(base)}">
<label class="hidden" for="account">E-mail address of an account</label>
<input id="account" name="account" type="text" placeholder="E-mail address" value="${h(wanted.account ?? '')}">
<button class="button small" type="submit">Find</button>
</form>
${none}<table>
<thead><tr><th scope="col">Account</th><th scope="col" class="number">Files</th><th scope="col" class="number">Used</th><th scope="col" class="after">Quota</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<p class="row">${first} ${next}</p>`;
}

function accountRow(account: Account, base: string, wanted: AccountsWanted): string {
  const { email, files, isAdmin, usedBytes, deletedAt } = account;
  const kind =
    deletedAt !== null ? '<small>deleted, being removed</small>' : isAdmin ? '<small>admin</small>' : '';
  return `<tr>
<th scope="row">${h(email)}${kind}</th>
<td class="number" data-name="Files">${formatCount(files)}</td>
<td class="number" data-name="Used">${formatBytes(usedBytes)}</td>
<td class="after" data-name="Quota">${deletedAt === null ? quotaForm(account, base, wanted) : '–'}</td>
</tr>`;
}

function quotaForm({ id, email, quotaBytes }: Account, base: string, wanted: AccountsWanted): string {
  const kept = (['account', 'after'] as const).map((name) => hidden(name, wanted[name]));
  return `<form class="row" method="post" action="${h(base)}/users/${id}/quota">
<input name="quota" type="text" aria-label="Quota of ${h(email)}" placeholder="no limit" maxlength="40" autocomplete="off" value="${quotaBytes === null ? '' : writeByteCount(quotaBytes)}">
${kept.join('')}<button class="button small" type="submit">Set</button>
</form>`;
}

/** What the form brings back, so that the page that follows shows the same accounts. */
const hidden = (name: keyof AccountsWanted, value: string | null): string =>
  value === null ? '' : `<input type="hidden" name="${name}" value="${h(value)}">`;
