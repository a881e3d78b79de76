import type { ShareDto } from '@instashare/contracts';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { findTarget, type Target } from '../find-file.ts';
import { formatCount, formatTime, printable } from '../format.ts';
import { askPassword, readPassword } from '../prompt.ts';

export interface ShareOptions {
  readonly path: string;
  readonly expires?: Date | undefined;
  readonly maxDownloads?: number | undefined;
  readonly password?: boolean | undefined;
  readonly passwordStdin?: boolean | undefined;
}

/** Makes a share link. On standard output is the link and nothing else, for a program that passes it on. */
export async function share(context: CommandContext, options: ShareOptions): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  const target = await findTarget(client, { path: options.path, signal });
  if (target.path === '') throw new CliError('Not everything at once: name the file or the folder to share');
  const password = await findPassword(context, options);
  const input = {
    ...(target.kind === 'file' ? { fileId: target.file.id } : { folder: target.path }),
    ...(options.expires === undefined ? {} : { expiresAt: options.expires.toISOString() }),
    ...(options.maxDownloads === undefined ? {} : { maxDownloads: options.maxDownloads }),
    ...(password === undefined ? {} : { password }),
  };
  const made = await client.call((trpc) => trpc.shares.create.mutate(input, { signal }));
  output.result({ event: 'shared', path: target.path, url: made.url, share: made.share }, made.url);
  output.note(describe(target, made.share));
}

async function findPassword(context: CommandContext, options: ShareOptions): Promise<string | undefined> {
  if (options.passwordStdin === true) return readPassword(context.stdin);
  return options.password === true ? askPassword(context, 'Password of the link') : undefined;
}

function describe({ kind, path }: Target, { id, expiresAt, maxDownloads, hasPassword }: ShareDto): string {
  const what = kind === 'file' ? printable(path) : `${printable(path)}/`;
  const who = hasPassword ? 'Whoever has this link and the password' : 'Whoever has this link';
  const limits = [
    ...(expiresAt === null ? [] : [`until ${formatTime(expiresAt)}`]),
    ...(maxDownloads === null ? [] : [`${formatCount(maxDownloads, 'time')} in all`]),
  ];
  const bounds = limits.length === 0 ? '' : `, ${limits.join(', ')}`;
  return `${who} may download ${what}${bounds}. "instashare unshare ${id}" takes it back.`;
}
