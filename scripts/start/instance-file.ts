import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** The processes that serve a data folder; the first is `start` itself. */
export interface InstanceFile {
  /** Notes one more process. */
  readonly add: (name: string, pid: number) => Promise<void>;
}

export interface NamedProcess extends ProcessIdentity {
  readonly name: string;
}

const fileIn = (dataDir: string) => join(dataDir, 'processes');

/** Begins the list of this instance's processes anew. The caller holds the data folder. */
export function createInstanceFile(dataDir: string): InstanceFile {
  const lines: string[] = [];
  let written = Promise.resolve();
  return {
    async add(name, pid) {
      const identity = await identify(pid);
      if (identity === null) return;
      lines.push(`${name} ${pid} ${identity.born}\n`);
      written = written.then(async () => {
        const unfinished = `${fileIn(dataDir)}.new`;
        await writeFile(unfinished, lines.join(''), { mode: 0o600 });
        await rename(unfinished, fileIn(dataDir));
      });
      await written;
    },
  };
}

/** The processes of the instance that has the data folder, or had it last. */
export async function readInstanceFile(dataDir: string): Promise<NamedProcess[]> {
  const content = await readFile(fileIn(dataDir), 'utf8').catch(() => '');
  return content.split('\n').flatMap((line) => {
    const [name, pid, born] = line.split(' ');
    return name === undefined || born === undefined ? [] : [{ name, pid: Number(pid), born }];
  });
}

/** Who has the data folder, for a person to read. */
export async function describeHolder(dataDir: string): Promise<string> {
  // The one who has it notes itself only after it got it.
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const [holder] = await readInstanceFile(dataDir);
    if (holder !== undefined && (await isRunning(holder)))
      return `another Instashare (process ${holder.pid})`;
    await delay(50);
  }
  return 'another Instashare';
}
