/**
 * `npm run bench`: measures Instashare from outside, as a user sees it, side by side with other programs in the
 * same run. It prints Markdown; it proves nothing and never fails for being slow.
 */
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { benchApi, benchLoad } from './bench-api.ts';
import { benchFolder } from './bench-folder.ts';
import { measureChangeLatency } from './change-latency.ts';
import { type Compression, isZstdInstalled, measureWorker, measureZstd } from './compression.ts';
import { type DesktopFigures, measureDesktop } from './desktop.ts';
import { type Ingest, measureIngest } from './ingest.ts';
import { type Input, prepareInput } from './input.ts';
import { describeMachine } from './machine.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { findPeers, measurePeer, type Peer } from './peers.ts';
import {
  reportChange,
  reportCompression,
  reportIngest,
  reportPeer,
  reportStages,
  reportStart,
} from './report.ts';
import { reportDesktop } from './report-desktop.ts';
import { reportFolder } from './report-folder.ts';
import { startServer } from './server.ts';
import { measureStages } from './stages.ts';
import { measureStart, type StartTimes } from './start-times.ts';
import { table } from './statistics.ts';
import { openTempRoot } from './temp-root.ts';

const NEED_INPUT = ['ingest', 'stages', 'compression'] as const;

const note = (text: string) => process.stderr.write(`${text}\n`);

async function repeat<T>(times: number, work: (run: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 1; run <= times; run += 1) results.push(await work(run));
  return results;
}

async function benchStart({ runs }: Options): Promise<string> {
  const times = await repeat<StartTimes>(runs, (run) => {
    note(`start, run ${run}`);
    return measureStart();
  });
  return reportStart(times);
}

async function benchDesktop({ runs }: Options): Promise<string> {
  return reportDesktop(await repeat<DesktopFigures>(runs, () => measureDesktop(note)));
}

/** Ours and every peer in turn, so that whatever else the machine does falls upon all. */
async function benchIngest(input: Input, runs: number, peers: readonly Peer[]): Promise<string> {
  const fitting = peers.filter(({ onlyFor = input.name }) => onlyFor === input.name);
  const peerSeconds = new Map<Peer, number[]>(fitting.map((peer) => [peer, []]));
  const ours = await repeat<Ingest>(runs, async (run) => {
    note(`${input.name}, run ${run}: instashare`);
    await using instance = await startServer();
    // A server runs for weeks, and in its first seconds its code is not compiled yet: somebody else's folder came first.
    await measureIngest(instance, input);
    const measured = await measureIngest(instance, input);
    for (const [peer, seconds] of peerSeconds) {
      note(`${input.name}, run ${run}: ${peer.name}`);
      seconds.push(await measurePeer(peer, input));
    }
    return measured;
  });
  const rows = [...peerSeconds].map(([peer, seconds]) => reportPeer(peer.name, ours, seconds));
  const comparison = table(
    ['the same by', 'seconds', 'ours, until stored, is × as long', 'until ready'],
    rows,
  );
  return [reportIngest(input, ours), comparison].join('\n\n');
}

async function benchCompression(input: Input, runs: number): Promise<string> {
  const [ours, zstd]: [Compression[], Compression[]] = [[], []];
  await repeat(runs, async (run) => {
    note(`compression of ${input.name}, run ${run}`);
    ours.push(await measureWorker(input));
    zstd.push(await measureZstd(input));
  });
  return reportCompression(input, ours, zstd);
}

async function benchStages(input: Input): Promise<string> {
  note(`stages of ${input.name}`);
  await using instance = await startServer();
  return reportStages(input, await measureStages(instance, input));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return console.log(HELP);
  const { parts, runs } = options;
  await using opened = new AsyncDisposableStack();
  opened.use(await openTempRoot());
  console.log(`${describeMachine()}; ${runs} runs: median (least–most)\n`);
  if (parts.includes('start')) console.log(`${await benchStart(options)}\n`);
  if (parts.includes('change')) {
    note('one change');
    console.log(`${reportChange(await measureChangeLatency())}\n`);
  }
  if (parts.includes('folder')) console.log(`${reportFolder(await benchFolder(options, note))}\n`);
  if (parts.includes('api')) console.log(`${await benchApi(options, note)}\n`);
  if (parts.includes('load')) console.log(`${await benchLoad(options, note)}\n`);
  if (parts.includes('desktop')) console.log(`${await benchDesktop(options)}\n`);
  if (!NEED_INPUT.some((part) => parts.includes(part))) return;
  await using folder = await makeTempFolder('bench-input');
  note('preparing the input');
  const inputs = await prepareInput(folder.path, options);
  const [peers, hasZstd] = await Promise.all([findPeers(), isZstdInstalled()]);
  for (const input of inputs) {
    if (parts.includes('ingest')) console.log(`${await benchIngest(input, runs, peers)}\n`);
    if (parts.includes('compression') && hasZstd) {
      console.log(`${await benchCompression(input, runs)}\n`);
    }
    if (parts.includes('stages')) console.log(`${await benchStages(input)}\n`);
  }
}

await main();
