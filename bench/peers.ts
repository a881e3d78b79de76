/** What else on this machine does a part of the job, for a sense of scale. Each writes to a folder of its own. */
import { join } from 'node:path';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import type { Input } from './input.ts';
import { type PeerServer, startNginx } from './nginx.ts';
import { putEach } from './put-each.ts';
import { isInstalled, shell } from './shell.ts';
import { touchMemory } from './touch-memory.ts';
import { startTus, uploadToTus } from './tus.ts';

export interface Peer {
  readonly name: string;
  /** Left out: for each. */
  readonly onlyFor?: Input['name'];
  /** What it is set beside in the one table; nothing: it promises less than ours, or does more. */
  readonly besides: readonly Besides[];
  /** Before the clock starts. */
  readonly prepare?: (target: string) => Promise<unknown>;
  /** What runs while it is measured. */
  readonly serve?: (target: string) => Promise<PeerServer>;
  readonly run: (input: Input, to: Target) => Promise<unknown>;
}

/** Files that are stored; that are compressed as well; or both, as the least that anything can take. */
type Besides = 'stored' | 'ready' | 'limit';

interface Target {
  readonly folder: string;
  /** Of what it serves. */
  readonly url: string;
}

export const resticEnvironment = (target: string): NodeJS.ProcessEnv => ({
  RESTIC_REPOSITORY: join(target, 'repository'),
  RESTIC_PASSWORD: 'bench',
});

/** Those that the one table asks for by name. */
export const RESTIC = 'restic backup (local repository)';
export const CURL_SYNC = 'curl -T to nginx; sync of the file (local)';

const curl = ({ folder }: Input, { url }: Target) => shell(`curl -fsS -T '${folder}'/* '${url}'`);

const ALL: readonly (Peer & { readonly needs: readonly string[] })[] = [
  {
    name: 'cp -r; sync (no server, no verification)',
    besides: ['limit'],
    needs: ['cp', 'sync'],
    run: ({ folder }, to) => shell(`cp -r '${folder}' '${to.folder}/copy'; sync -f '${to.folder}'`),
  },
  {
    name: 'cp -r; sync; zstd -3 -r (no server, no verification)',
    besides: ['ready'],
    needs: ['cp', 'zstd', 'sync'],
    run: ({ folder }, to) =>
      shell(
        `cp -r '${folder}' '${to.folder}/copy'; sync -f '${to.folder}'
         zstd -q -3 -r --rm '${to.folder}/copy'; sync -f '${to.folder}'`,
      ),
  },
  {
    name: RESTIC,
    besides: ['stored', 'ready'],
    needs: ['restic'],
    prepare: (target) => shell('restic init -q', resticEnvironment(target)),
    run: ({ folder }, to) => shell(`restic backup -q '${folder}'`, resticEnvironment(to.folder)),
  },
  {
    name: 'restic init; restic backup (local repository)',
    besides: [],
    needs: ['restic'],
    run: ({ folder }, to) =>
      shell(`restic init -q; restic backup -q '${folder}'`, resticEnvironment(to.folder)),
  },
  {
    name: 'one PUT a file, from Node to nginx (local, no sync)',
    onlyFor: 'many files',
    besides: [],
    needs: ['nginx'],
    serve: startNginx,
    run: ({ folder }, { url }) => putEach(folder, url),
  },
  {
    name: 'curl -T to nginx (local, no sync)',
    onlyFor: 'one large file',
    besides: [],
    needs: ['curl', 'nginx'],
    serve: startNginx,
    run: curl,
  },
  {
    name: CURL_SYNC,
    onlyFor: 'one large file',
    besides: ['limit'],
    needs: ['curl', 'nginx', 'sync'],
    serve: startNginx,
    async run(input, to) {
      await curl(input, to);
      await shell(`sync '${to.folder}'/files/*`);
    },
  },
  {
    name: 'curl to a tus server, @tus/server; sync of the file (local)',
    onlyFor: 'one large file',
    besides: ['stored'],
    needs: ['curl', 'sync'],
    serve: startTus,
    async run({ folder }, to) {
      await uploadToTus(folder, to.url);
      await shell(`sync '${to.folder}'/files/*`);
    },
  },
  {
    name: 'rclone copy (local)',
    besides: ['stored'],
    needs: ['rclone'],
    run: ({ folder }, to) => shell(`rclone copy -q '${folder}' '${to.folder}/copy'; sync -f '${to.folder}'`),
  },
  {
    name: 'rsync -a (local)',
    besides: ['stored'],
    needs: ['rsync'],
    run: ({ folder }, to) => shell(`rsync -a '${folder}/' '${to.folder}/copy'; sync -f '${to.folder}'`),
  },
];

/** Those whose programs are here. */
export async function findPeers(): Promise<Peer[]> {
  const found = await Promise.all(
    ALL.map(async (peer) => {
      const here = await Promise.all(peer.needs.map(isInstalled));
      return here.every(Boolean) ? peer : null;
    }),
  );
  return found.filter((peer) => peer !== null);
}

/** Seconds that the peer takes for the input. */
export async function measurePeer(peer: Peer, input: Input): Promise<number> {
  await using folder = await makeTempFolder('bench-peer');
  await peer.prepare?.(folder.path);
  await using server = await peer.serve?.(folder.path);
  touchMemory(input.sizeBytes);
  const begun = performance.now();
  await peer.run(input, { folder: folder.path, url: server?.url ?? '' });
  return (performance.now() - begun) / 1000;
}
