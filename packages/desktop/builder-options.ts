import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BuilderInput {
  /** Without variables that are empty. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * What electron-builder is told beside its file of configuration. Throws when the tag is no version: the app would never
 * find it newer than itself.
 */
export function builderOptions({ environment, platform }: BuilderInput): string[] {
  const isSigned = environment['CSC_LINK'] !== undefined;
  return [
    ...electronOf(environment['ELECTRON_OVERRIDE_DIST_PATH']),
    ...versionOf(environment),
    ...publishedAt(environment['GITHUB_REPOSITORY'], platform !== 'darwin' || isSigned),
    // What nobody has signed must at least be whole: macOS starts nothing else on its own processors.
    ...(platform === 'darwin' && !isSigned ? ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false'] : []),
  ];
}

function electronOf(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
}

const VERSION = /^v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/;

function versionOf(environment: BuilderInput['environment']): string[] {
  if (environment['GITHUB_REF_TYPE'] !== 'tag') return [];
  const tag = environment['GITHUB_REF_NAME'] ?? '';
  const version = VERSION.exec(tag)?.[1];
  if (version === undefined) throw new Error(`The tag ${tag} is no version: name it as v1.2.3`);
  return [`-c.extraMetadata.version=${version}`];
}

/** macOS replaces only what is signed by the same hand: what is not signed does not look for newer versions at all. */
function publishedAt(repository: string | undefined, canUpdate: boolean): string[] {
  if (repository === undefined) return [];
  const [owner, repo] = repository.split('/');
  const homepage = `-c.extraMetadata.homepage=https://github.com/${repository}`;
  if (!canUpdate) return [homepage];
  return [
    homepage,
    '-c.publish.provider=github',
    `-c.publish.owner=${owner}`,
    `-c.publish.repo=${repo}`,
    '-c.publish.updaterCacheDirName=instashare-updater',
  ];
}
