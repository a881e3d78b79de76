import type { Admin } from '../../auth/authenticate-admin.ts';
import { escapeHtml as h } from '../html.ts';
import { pagePolicy, renderPage } from '../page.ts';
import { ADMIN_STYLE } from './admin-style.ts';

export const ADMIN_PAGE_POLICY = pagePolicy(ADMIN_STYLE);

/** What every admin page needs to be drawn. */
export interface Frame {
  /** Path of the admin pages. */
  readonly base: string;
  readonly admin: Admin;
}

const page = (title: string, body: string): string =>
  renderPage({
    title: `${title} · Instashare`,
    body,
    style: ADMIN_STYLE,
    footer: 'Instashare, for who runs it',
  });

const PAGES = [
  ['Overview', ''],
  ['Queue', '/queue'],
] as const;

/** A page with what leads to the others. */
export function adminPage(title: (typeof PAGES)[number][0], { base, admin }: Frame, body: string): string {
  const links = PAGES.map(
    ([name, path]) =>
      `<a href="${h(base + path)}"${name === title ? ' aria-current="page"' : ''}>${name}</a>`,
  );
  return page(
    title,
    `<nav aria-label="Admin pages">
<strong>Instashare</strong>
${links.join('\n')}
<form method="post" action="${h(base)}/logout"><span>${h(admin.email)}</span><button class="plain" type="submit">Log out</button></form>
</nav>
<h1>${title}</h1>
${body}`,
  );
}

/** Asks who it is; `problem` says what is wrong with what was given. */
export function renderLogIn(base: string, problem: string | null): string {
  const note = problem === null ? '' : `<p class="problem" role="alert">${h(problem)}</p>`;
  return page(
    'Log in',
    `<h1>Log in</h1>
<p class="facts">For who runs this server.</p>
${note}
<form method="post" action="${h(base)}/login">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" required autofocus autocomplete="username" maxlength="254">
<label for="password">Password</label>
<input id="password" name="password" type="password" required autocomplete="current-password" maxlength="256">
<button class="button" type="submit">Log in</button>
</form>`,
  );
}

/** `back`: where the overview is. */
export const renderAdminProblem = (back: string, message: string): string =>
  page(
    'That did not work',
    `<h1>That did not work</h1>\n<p class="facts">${h(message)}</p>\n<p><a href="${h(back)}">To the overview</a></p>`,
  );
