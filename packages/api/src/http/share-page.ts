import type { SharedFile, SharedFolder } from '../services/view-share.ts';
import { isShownInline } from './content-headers.ts';
import { formatBytes, formatTime, escapeHtml as h } from './html.ts';
import { pagePolicy, renderPage } from './page.ts';
import { SHARE_STYLE } from './share-style.ts';

export const SHARE_PAGE_POLICY = pagePolicy(SHARE_STYLE, ['img', 'media']);

/** What every page of a share link has. */
export interface SharePage {
  /** The last part of the link: addresses are relative, so that a proxy may put them anywhere. */
  readonly base: string;
  /** Where what it leads to is reported; null: nowhere. */
  readonly abuseContact: string | null;
}

function page({ abuseContact }: Pick<SharePage, 'abuseContact'>, title: string, body: string): string {
  const report =
    abuseContact === null ? '' : ` · <a href="${h(abuseContact)}" rel="noreferrer">Report this link</a>`;
  return renderPage({ title, body, style: SHARE_STYLE, footer: `Shared with Instashare${report}` });
}

export function renderShare(view: SharedFile | SharedFolder, on: SharePage): string {
  return page(on, view.name, view.kind === 'file' ? fileBody(view, on.base) : folderBody(view, on.base));
}

function facts(first: string, { expiresAt, downloadsLeft }: SharedFile | SharedFolder): string {
  const all = [
    first,
    ...(expiresAt === null ? [] : [`available until ${formatTime(expiresAt)}`]),
    ...(downloadsLeft === null
      ? []
      : [`${downloadsLeft} ${downloadsLeft === 1 ? 'download' : 'downloads'} left`]),
  ];
  return `<p class="facts">${all.map(h).join(' · ')}</p>`;
}

function fileBody(file: SharedFile, base: string): string {
  return `<h1>${h(file.name)}</h1>
${facts(formatBytes(file.sizeBytes), file)}
${preview(file, base)}
<p><a class="button" href="${h(base)}/content" rel="nofollow">Download</a></p>`;
}

function preview({ contentType, mayPreview, name, text }: SharedFile, base: string): string {
  if (!mayPreview) return '';
  if (text !== null) return `<pre tabindex="0">${h(text)}</pre>`;
  if (!isShownInline(contentType)) return '';
  const source = `${h(base)}/content?disposition=inline`;
  if (contentType.startsWith('image/')) return `<img src="${source}" alt="${h(name)}">`;
  if (contentType.startsWith('video/')) return `<video src="${source}" controls preload="metadata"></video>`;
  if (contentType.startsWith('audio/')) return `<audio src="${source}" controls preload="metadata"></audio>`;
  return '';
}

function folderBody(folder: SharedFolder, base: string): string {
  const { files, name, nextAfter } = folder;
  const rows = files.map(
    ({ id, path, sizeBytes }) =>
      `<li><a href="${h(base)}/files/${id}/content" rel="nofollow">${h(path)}</a><span>${formatBytes(sizeBytes)}</span></li>`,
  );
  const more =
    nextAfter === null
      ? ''
      : `<p><a href="${h(base)}?after=${encodeURIComponent(nextAfter)}">More files</a></p>`;
  const count = `${files.length}${nextAfter === null ? '' : ' or more'} ${files.length === 1 ? 'file' : 'files'}`;
  return `<h1>${h(name)}</h1>
${facts(count, folder)}
<p><a class="button" href="${h(base)}/zip" rel="nofollow">Download all as zip</a></p>
<ul class="files">
${rows.join('\n')}
</ul>
${more}`;
}

/** Asks for the password; `problem` says what is wrong with the one that was given. */
export function renderLocked(on: SharePage, problem: string | null): string {
  const note = problem === null ? '' : `<p class="problem" role="alert">${h(problem)}</p>`;
  return page(
    on,
    'Password needed',
    `<h1>Password needed</h1>
<p class="facts">Whoever shared this has protected it with a password.</p>
${note}
<form method="post" action="${h(on.base)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" required autofocus autocomplete="off" maxlength="256">
<button class="button" type="submit">Open</button>
</form>`,
  );
}

export function renderProblem(title: string, message: string): string {
  return page({ abuseContact: null }, title, `<h1>${h(title)}</h1>\n<p class="facts">${h(message)}</p>`);
}
