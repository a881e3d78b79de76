import type { JobName, JobState, ListedJob } from '@instashare/backend/queue';
import { compressBlobsPayloadSchema } from '@instashare/contracts';
import { JOB_STATES, type QueueCounts, type QueueView } from '../../services/admin/view-queue.ts';
import { formatBytes, escapeHtml as h } from '../html.ts';
import { adminPage, type Frame } from './admin-page.ts';
import { formatAge, formatCount } from './figures.ts';

const STATE_NAMES = { waiting: 'Waiting', active: 'Active', delayed: 'Delayed', failed: 'Failed' } as const;

const SHOWN_PAYLOAD = 110;
const SHOWN_REASON = 1000;

export function renderQueue(view: QueueView, frame: Frame, now: Date): string {
  const { queues, shown } = view;
  const rows = queues.map((queue) => queueRow(queue, shown, frame.base));
  return adminPage(
    'Queue',
    frame,
    `<p class="facts">Jobs by their kind and state. Completed ones are not kept.</p>
<table>
<thead><tr><th scope="col">Kind</th>${JOB_STATES.map((state) => `<th scope="col" class="number">${STATE_NAMES[state]}</th>`).join('')}<th scope="col" class="number">Oldest waits</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${jobList(view, frame.base, now)}`,
  );
}

const addressOf = (base: string, queue: JobName, state: JobState): string =>
  `${h(base)}/queue?queue=${queue}&amp;state=${state}#jobs`;

function queueRow(queue: QueueCounts, shown: QueueView['shown'], base: string): string {
  const cells = JOB_STATES.map((state) => {
    const isShown = shown.queue === queue.name && shown.state === state;
    const bad = state === 'failed' && queue.failed > 0 ? ' class="bad"' : '';
    const link = `<a href="${addressOf(base, queue.name, state)}"${isShown ? ' aria-current="true"' : bad}>${formatCount(queue[state])}</a>`;
    return `<td class="number" data-name="${STATE_NAMES[state]}">${link}</td>`;
  });
  const oldest = queue.oldestWaitingSeconds > 0 ? formatAge(queue.oldestWaitingSeconds) : '–';
  return `<tr>
<th scope="row">${queue.name}</th>
${cells.join('\n')}
<td class="number" data-name="Oldest waits">${oldest}</td>
</tr>`;
}

function jobList({ queues, shown }: QueueView, base: string, now: Date): string {
  const { jobs, queue, state } = shown;
  const total = queues.find(({ name }) => name === queue)?.[state] ?? 0;
  const title = `<h2 id="jobs">${STATE_NAMES[state]}: ${queue}</h2>`;
  if (jobs.length === 0) return `${title}\n<p>None.</p>`;
  const more = total > jobs.length ? `<p>The first ${jobs.length} of ${formatCount(total)}.</p>` : '';
  const items = jobs.map((job) => jobItem(job, shown, { base, now }));
  return `${title}
${state === 'failed' ? retryAllForm(base, queue) : ''}${more}
<ul class="jobs">
${items.join('\n')}
</ul>`;
}

const retryAllForm = (base: string, queue: JobName): string =>
  `<form method="post" action="${h(base)}/queue/${queue}/retry"><button class="button small" type="submit">Retry all that failed</button></form>`;

function jobItem(
  job: ListedJob,
  { queue, state }: QueueView['shown'],
  { base, now }: { readonly base: string; readonly now: Date },
): string {
  const since = (time: Date) => `${formatAge((now.getTime() - time.getTime()) / 1000)} ago`;
  const facts = [
    `asked for ${since(job.askedAt)}`,
    ...(job.failedAt === null ? [] : [`failed ${since(job.failedAt)}`]),
    ...(job.attemptsMade > 0 ? [`${job.attemptsMade} of ${job.maxAttempts} tries`] : []),
    ...(job.doneBytes === null ? [] : [`${formatBytes(job.doneBytes)} done`]),
  ];
  const reason =
    job.failedReason === null ? '' : `<p class="bad">${h(cut(job.failedReason, SHOWN_REASON))}</p>`;
  const retry =
    state === 'failed' && job.canBeRetried
      ? `<form method="post" action="${h(base)}/queue/${queue}/jobs/${encodeURIComponent(job.id)}/retry"><button class="button small" type="submit" aria-label="Retry job ${h(job.id)}">Retry</button></form>`
      : '';
  return `<li>
<div class="row"><span><strong>${h(job.id)}</strong> <small>${facts.map(h).join(' · ')}</small></span>${retry}</div>
${reason}<p><code>${h(payloadText(job.payload))}</code></p>
</li>`;
}

/** What a job carries is ids; of many the first ones tell which job it is. */
function payloadText(payload: unknown): string {
  const { data } = compressBlobsPayloadSchema.safeParse(payload);
  if (data !== undefined) {
    const { blobIds } = data;
    const count = `${blobIds.length} ${blobIds.length === 1 ? 'content' : 'contents'}`;
    return `${count}: ${cut(blobIds.join(' '), SHOWN_PAYLOAD)}`;
  }
  const text = JSON.stringify(payload) ?? '';
  return text === '{}' ? '' : cut(text, SHOWN_PAYLOAD);
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)} …` : text;
