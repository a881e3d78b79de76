/** Measures what a run was asked for, part by part: each part measures, and then says what it measured. */
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { benchApi, benchLoad } from './bench-api.ts';
import { benchFolder } from './bench-folder.ts';
import { benchCompression, benchIngest } from './bench-input.ts';
import { measureChangeLatency } from './change-latency.ts';
import { isZstdInstalled } from './compression.ts';
import { measureDesktop } from './desktop.ts';
import type { Figure } from './figure.ts';
import { changeFigures, compressionFigures, desktopFigures, ingestFigures, startFigures } from './figures.ts';
import { apiFigures, loadFigures } from './figures-api.ts';
import { folderFigures } from './figures-folder.ts';
import { type Input, prepareInput } from './input.ts';
import type { Options } from './options.ts';
import { findPeers } from './peers.ts';
import { repeat } from './repeat.ts';
import { reportChange, reportCompression, reportIngest, reportStages, reportStart } from './report.ts';
import { reportApi, reportLoad } from './report-api.ts';
import { reportDesktop } from './report-desktop.ts';
import { reportFolder } from './report-folder.ts';
import { startServer } from './server.ts';
import { measureStages } from './stages.ts';
import { measureStart } from './start-times.ts';

interface MeasuredPart {
  /** In full. */
  readonly tables: string;
  /** For the one table. */
  readonly figures: readonly Figure[];
}

const note = (text: string) => process.stderr.write(`${text}\n`);

const WITHOUT_INPUT = {
  async start({ runs }: Options): Promise<MeasuredPart> {
    const times = await repeat(runs, (run) => {
      note(`start, run ${run}`);
      return measureStart();
    });
    return { tables: reportStart(times), figures: startFigures(times) };
  },
  async change(): Promise<MeasuredPart> {
    note('one change');
    const change = await measureChangeLatency();
    return { tables: reportChange(change), figures: changeFigures(change) };
  },
  async folder(options: Options): Promise<MeasuredPart> {
    const folder = await benchFolder(options, note);
    return { tables: reportFolder(folder), figures: folderFigures(folder) };
  },
  async api(options: Options): Promise<MeasuredPart> {
    const api = await benchApi(options, note);
    return { tables: reportApi(api), figures: apiFigures(api) };
  },
  async load(options: Options): Promise<MeasuredPart> {
    const load = await benchLoad(options, note);
    return { tables: reportLoad(load), figures: loadFigures(load) };
  },
  async desktop({ runs }: Options): Promise<MeasuredPart> {
    const desktop = await repeat(runs, () => measureDesktop(note));
    return { tables: reportDesktop(desktop), figures: desktopFigures(desktop) };
  },
};
const ORDER = ['start', 'change', 'folder', 'api', 'load', 'desktop'] as const;
const WITH_INPUT = ['ingest', 'compression', 'stages'] as const;

export async function* measureParts(options: Options): AsyncGenerator<MeasuredPart, void> {
  const { parts } = options;
  for (const part of ORDER) if (parts.includes(part)) yield await WITHOUT_INPUT[part](options);
  if (!WITH_INPUT.some((part) => parts.includes(part))) return;
  await using folder = await makeTempFolder('bench-input');
  note('preparing the input');
  for (const input of await prepareInput(folder.path, options)) yield* measureInput(input, options);
}

async function* measureInput(input: Input, { parts, runs }: Options): AsyncGenerator<MeasuredPart, void> {
  if (parts.includes('ingest')) {
    const ingest = await benchIngest(input, { runs, peers: await findPeers() }, note);
    yield { tables: reportIngest(ingest), figures: ingestFigures(ingest) };
  }
  if (parts.includes('compression') && (await isZstdInstalled())) {
    const compression = await benchCompression(input, runs, note);
    yield { tables: reportCompression(compression), figures: compressionFigures(compression) };
  }
  if (parts.includes('stages')) {
    note(`stages of ${input.name}`);
    await using instance = await startServer();
    yield { tables: reportStages(input, await measureStages(instance, input)), figures: [] };
  }
}
