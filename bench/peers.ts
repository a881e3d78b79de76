/** What else on this machine does a part of the job, for a sense of scale. Each writes to a folder of its own. */
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import type { Input } from './input.ts';
import { nginxUrl, putEach, startNginx, stopNginx } from './put-each.ts';
import { touchMemory } from './touch-memory.ts';

export interface Peer {
  readonly name: string;
  /** Left out: for each. */
  readonly onlyFor?: Input['name'];
  /** Before the clock starts. */
  readonly prepare?: (target: string) => Promise<unknown>;
  readonly run: (input: Input, target: string) => Promise<unknown>;
  /** After it has stopped. */
  readonly end?: (target: string) => Promise<unknown>;
}

const run = promisify(execFile);

export async function shell(command: string, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const options = { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
  await run('bash', ['-euc', command], options);
}

export const resticEnvironment = (target: string): NodeJS.ProcessEnv => ({
  RESTIC_REPOSITORY: join(target, 'repository'),
  RESTIC_PASSWORD: 'bench',
});

/** `curl -T` of the one file to an nginx in `target`. */
async function curl({ folder }: Input, target: string): Promise<void> {
  await shell(`curl -fsS -T '${folder}'/* '${await nginxUrl(target)}'`);
}

const ALL: readonly (Peer & { readonly needs: readonly string[] })[] = [
  {
    name: 'cp -r; sync; zstd -3 -r (no server, no verification)',
    needs: ['cp', 'zstd', 'sync'],
    async run({ folder }, target) {
      await cp(folder, join(target, 'copy'), { recursive: true });
      await shell(`sync -f '${target}'; zstd -q -3 -r --rm '${target}/copy'; sync -f '${target}'`);
    },
  },
  {
    name: 'restic backup (local repository)',
    needs: ['restic'],
    prepare: (target) => shell('restic init -q', resticEnvironment(target)),
    run: ({ folder }, target) => shell(`restic backup -q '${folder}'`, resticEnvironment(target)),
  },
  {
    name: 'restic init; restic backup (local repository)',
    needs: ['restic'],
    run: ({ folder }, target) =>
      shell(`restic init -q; restic backup -q '${folder}'`, resticEnvironment(target)),
  },
  {
    name: 'one PUT a file, from Node to nginx (local, no sync)',
    onlyFor: 'many files',
    needs: ['nginx'],
    prepare: startNginx,
    run: ({ folder }, target) => putEach(folder, target),
    end: stopNginx,
  },
  {
    name: 'curl -T to nginx (local, no sync)',
    onlyFor: 'one large file',
    needs: ['curl', 'nginx'],
    prepare: startNginx,
    run: curl,
    end: stopNginx,
  },
  {
    name: 'curl -T to nginx; sync of the file (local)',
    onlyFor: 'one large file',
    needs: ['curl', 'nginx', 'sync'],
    prepare: startNginx,
    async run(input, target) {
      await curl(input, target);
      await shell(`sync '${target}'/files/*`);
    },
    end: stopNginx,
  },
  {
    name: 'rclone copy (local)',
    needs: ['rclone'],
    run: ({ folder }, target) => shell(`rclone copy -q '${folder}' '${target}/copy'; sync -f '${target}'`),
  },
  {
    name: 'rsync -a (local)',
    needs: ['rsync'],
    run: ({ folder }, target) => shell(`rsync -a '${folder}/' '${target}/copy'; sync -f '${target}'`),
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

export const isInstalled = (program: string): Promise<boolean> =>
  shell(`command -v ${program} >/dev/null`).then(
    () => true,
    () => false,
  );

/** Seconds that the peer takes for the input. */
export async function measurePeer(peer: Peer, input: Input): Promise<number> {
  await using folder = await makeTempFolder('bench-peer');
  await peer.prepare?.(folder.path);
  touchMemory(input.sizeBytes);
  try {
    const begun = performance.now();
    await peer.run(input, folder.path);
    return (performance.now() - begun) / 1000;
  } finally {
    await peer.end?.(folder.path);
  }
}
