/** What the one table has of the part folder. Pure. */
import { type Figure, type Measured, onceARun } from './figure.ts';
import type { FolderRun } from './folder-engine.ts';
import { FIND_NAME, type FolderPeerTimes } from './folder-peers.ts';
import { RESTIC } from './peers.ts';
import type { FolderFigures } from './report-folder.ts';

const MB = 1_000_000;
const UNCHANGED_AIM = { bound: 'at most', value: 0.5, of: RESTIC } as const;
const MEMORY_AIM = { bound: 'at most', value: 150 } as const;

export const folderFigures = (folder: FolderFigures): Figure[] => [
  ...timeFigures(folder),
  ...memoryFigures(folder),
];

function timeFigures({ size, runs, peers }: FolderFigures): Figure[] {
  const { files, filesInAPart } = size;
  const row = (what: string, seconds: (run: FolderRun) => number, peersDo: Four): Figure => ({
    what,
    unit: 's',
    runs: onceARun(runs.map(seconds)),
    ...besides(peers, peersDo),
    ...(peersDo === 'unchanged' ? { aim: UNCHANGED_AIM } : {}),
  });
  return [
    row(`${files} small files, until stored`, (run) => run.firstSeconds, 'first'),
    row(`no change at ${files} files, \`watch --once\``, (run) => run.onceSeconds, 'unchanged'),
    row(`no change at ${files} files, a scan of a watch`, (run) => run.rescanSeconds, 'unchanged'),
    row(`one change at ${files} files, \`watch --once\``, (run) => run.onceChangedSeconds, 'oneChange'),
    {
      what: `one change at ${files} files, a watch that runs`,
      unit: 'ms',
      runs: runs.map(({ latenciesMs }) => latenciesMs),
    },
    row(`a folder of ${filesInAPart} files renamed`, (run) => run.movedSeconds, 'moved'),
  ];
}

function memoryFigures({ size: { files, moreFiles }, runs, peers }: FolderFigures): Figure[] {
  const row = (what: string, memory: (run: FolderRun) => FolderRun['grown']): Figure => ({
    what: `memory of the watch, most, ${what}`,
    unit: 'MB',
    runs: onceARun(runs.map((run) => memory(run).peakBytes / MB)),
    aim: MEMORY_AIM,
  });
  const sent = row(`${files} files sent`, (run) => run.uploading);
  const known = row(`${files + moreFiles} files known`, (run) => run.grownAtRest);
  return [{ ...sent, peers: memoryOf(peers) }, known];
}

type Peers = FolderFigures['peers'];
type Four = Exclude<keyof FolderPeerTimes, 'memory'>;

/** What only looks is the least that looking takes. */
function besides(peers: Peers, what: Four): Pick<Figure, 'peers' | 'limits'> {
  const measured = measuredBy(peers, (times) => times[what]);
  return {
    peers: measured.filter(({ name }) => name !== FIND_NAME),
    limits: measured.filter(({ name }) => name === FIND_NAME),
  };
}

/** Of as many files, by those that go on running. */
const memoryOf = (peers: Peers): Measured[] =>
  measuredBy(peers, ({ memory }) => (memory === undefined ? null : memory.peakBytes / MB));

/** Those that do it. */
const measuredBy = (peers: Peers, figure: (times: FolderPeerTimes) => number | null): Measured[] =>
  [...peers].flatMap(([name, times]) => {
    const values = times.map(figure).filter((value) => value !== null);
    return values.length === 0 ? [] : [{ name, runs: onceARun(values) }];
  });
