/** `--only folder`: ours and every peer in turn over one tree. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { FILES, type FolderRun, measureFolder } from './folder-engine.ts';
import { type FolderPeerTimes, findFolderPeers } from './folder-peers.ts';
import { measure as measureTree } from './input.ts';
import { reportFolder } from './report-folder.ts';
import { smallFilesInto } from './small-files.ts';

export async function benchFolder(runs: number, note: (text: string) => void): Promise<string> {
  const peers = await findFolderPeers();
  const ours: FolderRun[] = [];
  const theirs = new Map<string, FolderPeerTimes[]>(peers.map(({ name }) => [name, []]));
  let sizeBytes = 0;
  for (let run = 1; run <= runs; run += 1) {
    note(`folder, run ${run}: copying ${FILES} small files of this machine`);
    await using temp = await makeTempFolder('tree');
    const folder = join(temp.path, 'tree');
    await mkdir(folder);
    const more = smallFilesInto(folder);
    const tree = { folder, paths: await more.copy(FILES), more };
    ({ sizeBytes } = await measureTree(folder));
    // The peers first: ours adds files at its end.
    for (const { name, measure } of peers) {
      note(`folder, run ${run}: ${name}`);
      theirs.get(name)?.push(await measure(tree));
    }
    note(`folder, run ${run}: instashare`);
    ours.push(await measureFolder(tree, note));
  }
  return reportFolder(ours, theirs, sizeBytes);
}
