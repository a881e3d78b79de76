import type { Answer, TestApi } from './test-api.ts';

/** What a browser does at the admin pages, without drawing them: it keeps a cookie and says which page sends a form. */
export interface AdminBrowser {
  readonly cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
}

const FORM = 'application/x-www-form-urlencoded';

export function browserWith(api: TestApi, cookie: string): AdminBrowser {
  const ask = async (method: string, path: string, init: RequestInit): Promise<Answer> => {
    const headers = {
      ...(cookie === '' ? {} : { cookie }),
      ...Object.fromEntries(new Headers(init.headers)),
    };
    const response = await fetch(`${api.url}${path}`, { ...init, method, headers, redirect: 'manual' });
    const text = await response.text();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pages are read as text
    return { status: response.status, headers: response.headers, text, body: {} as Answer['body'] };
  };
  return {
    cookie,
    get: (path) => ask('GET', path, {}),
    post: (path, fields = {}, headers = {}) =>
      ask('POST', path, {
        headers: { 'content-type': FORM, origin: api.url, ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
  };
}

export const PASSWORD = 'correct horse';

export async function logInAsAdmin(api: TestApi, email: string): Promise<AdminBrowser> {
  const answer = await browserWith(api, '').post('/admin/login', { email, password: PASSWORD });
  if (answer.status !== 303) throw new Error(`no log-in: ${answer.status} ${answer.text}`);
  return browserWith(api, cookieOf(answer));
}

export const cookieOf = ({ headers }: Answer): string => headers.get('set-cookie')?.split(';', 1)[0] ?? '';

/** As the operator's command does. */
export const setFlag = (api: TestApi, userId: string, isAdmin: boolean) =>
  api.sql('UPDATE users SET is_admin = $2 WHERE id = $1', [userId, isAdmin]);
