/** The parts that upload something: many files, and one large file. Ours and every peer in turn. */
import { type Compression, measureWorker, measureZstd } from './compression.ts';
import { type Ingest, measureIngest } from './ingest.ts';
import type { Input } from './input.ts';
import { measurePeer, type Peer } from './peers.ts';
import { repeat } from './repeat.ts';
import { startServer } from './server.ts';

type Note = (text: string) => void;

export interface IngestFigures {
  readonly input: Input;
  readonly ours: readonly Ingest[];
  readonly peers: readonly PeerSeconds[];
}

export interface PeerSeconds extends Pick<Peer, 'name' | 'besides'> {
  readonly seconds: readonly number[];
}

interface Asked {
  readonly runs: number;
  readonly peers: readonly Peer[];
}

/** In turn, so that whatever else the machine does falls upon all. */
export async function benchIngest(input: Input, asked: Asked, note: Note): Promise<IngestFigures> {
  const fitting = asked.peers.filter(({ onlyFor = input.name }) => onlyFor === input.name);
  const peers = fitting.map((peer) => ({ peer, seconds: Array.of<number>() }));
  const ours = await repeat<Ingest>(asked.runs, async (run) => {
    note(`${input.name}, run ${run}: instashare`);
    await using instance = await startServer();
    // A server runs for weeks, and in its first seconds its code is not compiled yet: somebody else's folder came first.
    await measureIngest(instance, input);
    const measured = await measureIngest(instance, input);
    for (const { peer, seconds } of peers) {
      note(`${input.name}, run ${run}: ${peer.name}`);
      seconds.push(await measurePeer(peer, input));
    }
    return measured;
  });
  const named = peers.map(({ peer: { name, besides }, seconds }) => ({ name, besides, seconds }));
  return { input, ours, peers: named };
}

export interface CompressionFigures {
  readonly input: Input;
  readonly ours: readonly Compression[];
  readonly zstd: readonly Compression[];
}

export async function benchCompression(input: Input, runs: number, note: Note): Promise<CompressionFigures> {
  const [ours, zstd]: [Compression[], Compression[]] = [[], []];
  await repeat(runs, async (run) => {
    note(`compression of ${input.name}, run ${run}`);
    ours.push(await measureWorker(input));
    zstd.push(await measureZstd(input));
  });
  return { input, ours, zstd };
}
