import { basename, resolve, sep } from 'node:path';
import { filePathProblem, joinPath } from '@instashare/contracts/rules';
import { CliError } from '../cli-error.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { printable } from '../format.ts';
import { findFolder } from './open-folder.ts';

/** A folder here, and what it is on the server. */
export interface WatchTarget {
  /** Absolute and real. */
  readonly folder: string;
  /** '' is the root of the account. */
  readonly prefix: string;
  /** Names it beside the others; null when it is the only one. */
  readonly label: string | null;
}

export interface TargetOptions {
  readonly folders: readonly string[];
  readonly to: string;
  /** Some of several may come later, as a disk does; not all. */
  readonly mayBeAbsent?: boolean;
}

/** One folder becomes `to`; each of several gets a place of its own name below it. */
export async function findTargets({
  folders,
  to,
  mayBeAbsent = false,
}: TargetOptions): Promise<WatchTarget[]> {
  const base = prefixOf(to, `--to ${printable(to)}`);
  const paths = await (mayBeAbsent ? findSome(folders) : Promise.all(folders.map(findFolder)));
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return [{ folder: only, prefix: base, label: null }];
  const targets = paths.map((folder) => {
    const name = basename(folder);
    return { folder, prefix: prefixOf(joinPath(base, name), printable(folder)), label: name };
  });
  for (const [index, target] of targets.entries()) {
    for (const other of targets.slice(index + 1)) requireApart(target, other);
  }
  return targets;
}

/** Those that can't be watched now are where they are called. Rejects when that is all of them. */
async function findSome(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.allSettled(folders.map(findFolder));
  const failed = found.filter((each) => each.status === 'rejected');
  const [first] = failed;
  if (first !== undefined && failed.length === found.length) throw first.reason;
  return found.map((each, index) =>
    each.status === 'fulfilled' ? each.value : resolve(folders[index] ?? ''),
  );
}

const usage = (message: string) => new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });

/** Rejects what is no path on the server. */
function prefixOf(path: string, what: string): string {
  const prefix = path.normalize('NFC').replace(/\/+$/, '');
  const problem = prefix === '' ? null : filePathProblem(prefix);
  if (problem === null) return prefix;
  throw usage(`${what}: the path ${problem}`);
}

function requireApart(one: WatchTarget, other: WatchTarget): void {
  const [inner, outer] = one.folder.length > other.folder.length ? [one, other] : [other, one];
  if (`${inner.folder}${sep}`.startsWith(`${outer.folder}${sep}`)) {
    throw usage(`${printable(inner.folder)} lies in ${printable(outer.folder)}: it would be uploaded twice`);
  }
  if (one.prefix !== other.prefix) return;
  const names = `${printable(one.folder)} and ${printable(other.folder)}`;
  throw usage(`${names} have one name: watch one of them by a command of its own, with --to`);
}
