import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface ClientManifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

export async function readManifest(clientDir: string): Promise<ClientManifest> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file
  return JSON.parse(await readFile(join(clientDir, 'package.json'), 'utf8')) as ClientManifest;
}

/** What the client's types are made with: whoever uses the client may have tRPC as well, and then has it once. */
const PEERS = ['@trpc/server'];

/** The manifest of the published package: other entries, and no packages of this repository. */
export function makeManifest({ name, version, license, description, dependencies }: ClientManifest) {
  const published = Object.entries(dependencies).filter(
    ([dependency]) => !dependency.startsWith('@instashare/'),
  );
  // Here versions are exact; two packages that use the client must be able to share what it uses.
  const ranges = published.map(([dependency, exact]): [string, string] => [dependency, `^${exact}`]);
  const isPeer = ([dependency]: readonly [string, string]) => PEERS.includes(dependency);
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    keywords: ['instashare', 'upload', 'resumable', 'trpc'],
    // The oldest that has `process.getBuiltinModule`.
    engines: { node: '>=20.16' },
    sideEffects: false,
    files: ['*.js', '*.d.ts'],
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './node': { types: './node.d.ts', default: './node.js' },
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(ranges.filter((range) => !isPeer(range))),
    peerDependencies: Object.fromEntries(ranges.filter(isPeer)),
  };
}
