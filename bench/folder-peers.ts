/** The same tree and the same four things by programs that copy or back up a folder, on this machine. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { changeOne, type Tree } from './folder-engine.ts';
import type { LongPeer } from './options.ts';
import { RESTIC, resticEnvironment } from './peers.ts';
import type { Memory } from './process-figures.ts';
import { isInstalled, shell } from './shell.ts';
import { startSyncthing } from './syncthing.ts';

/** Seconds; null: it does not do that. */
export interface FolderPeerTimes {
  readonly first: number | null;
  readonly unchanged: number;
  readonly oneChange: number | null;
  readonly moved: number | null;
  /** Of one that goes on running: when all of it is done. */
  readonly memory?: Memory;
}

export interface FolderPeer {
  readonly name: string;
  readonly measure: (tree: Tree) => Promise<FolderPeerTimes>;
}

interface Copier {
  readonly name: string;
  readonly program: string;
  readonly prepare?: (target: string) => Promise<void>;
  /** Brings what has changed from the folder to the target. */
  readonly bring: (folder: string, target: string) => Promise<void>;
}

/** Looks through all of the folder by hand, as the others do. */
const SYNCTHING = {
  name: 'syncthing to a second one (local)',
  program: 'syncthing',
  onlyWith: 'syncthing',
  async measure(tree: Tree): Promise<FolderPeerTimes> {
    await using target = await makeTempFolder('peer');
    const begun = performance.now();
    await using syncthing = await startSyncthing(tree.folder, target.path);
    const startSeconds = (performance.now() - begun) / 1000;
    const times = await measureFour(tree, () => syncthing.bring());
    return { ...times, first: startSeconds + times.first, memory: await syncthing.memory() };
  },
} as const;

const COPIERS: readonly Copier[] = [
  {
    name: RESTIC,
    program: 'restic',
    prepare: (target) => shell('restic init -q', resticEnvironment(target)),
    bring: (folder, target) => shell(`restic backup -q '${folder}'`, resticEnvironment(target)),
  },
  {
    name: 'rclone sync (local)',
    program: 'rclone',
    bring: (folder, target) => shell(`rclone sync -q '${folder}' '${target}/copy'; sync -f '${target}'`),
  },
  {
    name: 'rsync -a --delete (local)',
    program: 'rsync',
    bring: (folder, target) => shell(`rsync -a --delete '${folder}/' '${target}/copy'; sync -f '${target}'`),
  },
];

export const FIND_NAME = 'find -ls (only looks)';

const FIND = {
  name: FIND_NAME,
  program: 'find',
  async measure({ folder }: Tree) {
    const unchanged = await secondsOf(() => shell(`find '${folder}' -ls >/dev/null`));
    return { first: null, unchanged, oneChange: null, moved: null };
  },
};

interface KnownPeer extends FolderPeer {
  readonly program: string;
  /** It takes so long that it has to be asked for. */
  readonly onlyWith?: LongPeer;
}

const ALL: readonly KnownPeer[] = [
  ...COPIERS.map((copier) => ({ ...copier, measure: (tree: Tree) => measureCopier(copier, tree) })),
  SYNCTHING,
  FIND,
];

export async function findFolderPeers(asked: readonly LongPeer[]): Promise<FolderPeer[]> {
  const wanted = ALL.filter(({ onlyWith }) => onlyWith === undefined || asked.includes(onlyWith));
  const here = await Promise.all(wanted.map(({ program }) => isInstalled(program)));
  return wanted.filter((_peer, at) => here[at]);
}

/** A change of its own, which none of the measured runs of ours makes. */
const PEER_CHANGE = 30;

async function measureCopier({ prepare, bring }: Copier, tree: Tree): Promise<FolderPeerTimes> {
  await using target = await makeTempFolder('peer');
  await prepare?.(target.path);
  return await measureFour(tree, () => bring(tree.folder, target.path));
}

async function measureFour(tree: Tree, bring: () => Promise<void>) {
  const first = await secondsOf(bring);
  const unchanged = await secondsOf(bring);
  await changeOne(tree, PEER_CHANGE);
  const oneChange = await secondsOf(bring);
  const [from, to] = [join(tree.folder, 'part-0'), join(tree.folder, 'moved')];
  await rename(from, to);
  try {
    return { first, unchanged, oneChange, moved: await secondsOf(bring) };
  } finally {
    await rename(to, from);
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
