/** `--only folder`: ours and every peer in turn over one tree. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { type FolderRun, measureFolder, treeSizeOf } from './folder-engine.ts';
import { type FolderPeerTimes, findFolderPeers } from './folder-peers.ts';
import { measure as measureTree } from './input.ts';
import type { Options } from './options.ts';
import type { FolderFigures } from './report-folder.ts';
import { smallFilesInto } from './small-files.ts';

export async function benchFolder(
  options: Pick<Options, 'files' | 'runs' | 'with'>,
  note: (text: string) => void,
): Promise<FolderFigures> {
  const size = treeSizeOf(options.files);
  const found = await findFolderPeers(options.with);
  const runs: FolderRun[] = [];
  const peers = new Map<string, FolderPeerTimes[]>(found.map(({ name }) => [name, []]));
  let sizeBytes = 0;
  for (let run = 1; run <= options.runs; run += 1) {
    note(`folder, run ${run}: copying ${size.files} small files of this machine`);
    await using temp = await makeTempFolder('tree');
    const folder = join(temp.path, 'tree');
    await mkdir(folder);
    const more = smallFilesInto(folder, size.filesInAPart);
    const tree = { size, folder, paths: await more.copy(size.files), more };
    ({ sizeBytes } = await measureTree(folder));
    // The peers first: ours adds files at its end.
    for (const { name, measure } of found) {
      note(`folder, run ${run}: ${name}`);
      peers.get(name)?.push(await measure(tree));
    }
    note(`folder, run ${run}: instashare`);
    runs.push(await measureFolder(tree, note));
  }
  return { size, sizeBytes, runs, peers };
}
