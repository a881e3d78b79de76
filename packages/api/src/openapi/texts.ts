/** What a stranger reads first, in Markdown. */
export const INTRODUCTION = `A self-hosted file service.

**Begin** with \`POST /users/register\` or \`POST /users/login\`, and send its \`accessToken\` as
\`Authorization: Bearer …\`. It expires after minutes: \`POST /users/refresh\` gives a new one. Programs that run without a
person use a personal access token of \`POST /tokens\` in its place.

**Upload** in one request (\`POST /upload_files\`), or by a session: \`POST /uploads\`, PUT the bytes to \`upload.url\`,
\`POST /uploads/{id}/complete\`. A session can go on where it was interrupted, and is the way for large files. The file is
listed and downloadable at once (\`stored\`), and \`ready\` when it was verified and compressed.

**Errors** have one form, \`{code, message, issues?}\`: decide by \`code\`, show \`message\` to a person; \`issues\` names the
fields at fault. Codes are added, never renamed. An address that is not in this document answers 404 \`not_found\`. Every
429 and 503 says in \`Retry-After\` when to come again. What is no request of HTTP/1.1 at all is answered so, too: with 400,
408 (its headers took a minute) or 431 (they have more than 16 KiB).

**Lists** come in pages: send \`nextCursor\` as \`cursor\` until it is null. What comes or goes meanwhile makes no page skip or
repeat anything else.

**Retries**: \`Idempotency-Key\` on what creates makes it safe to send a request again whose answer was lost.

**Concurrent changes**: \`If-Match\` with a file's version makes a change only if nobody else was faster (412).

**Every answer** has an \`X-Request-Id\`, by which the log of the server finds it; one that a request brings is kept.`;

/** The groups of operations, in the order in which they are of use. */
export const TAGS = {
  Users: 'Accounts and log-ins.',
  Files: 'Files, by their id or path.',
  Uploads: 'How bytes become files.',
  Folders: 'A folder is what the paths of its files begin with; it needs not be made.',
  Versions: 'What a file was before.',
  Trash: 'Deleted files, until they are removed for good.',
  Shares: 'Links for people without an account.',
  Events: 'What happens to the files, as it happens or since a cursor.',
  Webhooks: 'What happens to the files, sent to an address of yours.',
  Usage: 'What the account holds.',
  Tokens: 'Personal access tokens, for programs.',
  Sessions: 'Log-ins on devices.',
  Account: 'The account itself: password, audit trail, export, deletion.',
  Storage:
    'Where signed addresses lead when objects are on disk. Clients follow them and need not make them.',
  Server: 'The server itself.',
  Admin: 'Pages for who runs the server.',
} as const satisfies Record<string, string>;
