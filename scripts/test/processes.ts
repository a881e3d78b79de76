import { readdir, readFile, readlink } from 'node:fs/promises';

/**
 * The processes that have to do with a folder: that work in it, or have it among their arguments or in their
 * environment. Commands by process id. Without /proc nobody is found: the check is for Linux, where CI runs.
 */
export async function processesOf(folder: string): Promise<Record<number, string>> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter(Number.isInteger);
  const found: Record<number, string> = {};
  for (const pid of pids.filter((other) => other !== process.pid)) {
    const [environment, command, cwd] = await Promise.all([
      readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
    ]);
    const hasEnded = command === '';
    if (hasEnded || ![environment, command, cwd].some((text) => text.includes(folder))) continue;
    found[pid] = command.replaceAll('\0', ' ').trim();
  }
  return found;
}
