import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The operating system's user that PostgreSQL runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);

/** Made when it is missing: a user of our own, so that no other service's files are within its reach. */
const OWN_USER = 'instashare';

/**
 * PostgreSQL refuses to run as root: then this is the system user that it runs as, made if need be. null says
 * that it runs as ourselves.
 */
export async function findServerUser(onNotice: (line: string) => void): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await lookUp(OWN_USER);
  if (existing !== null) return existing;
  const made = await make(OWN_USER);
  if (made !== null) {
    onNotice(`PostgreSQL does not run as root: made the system user "${OWN_USER}" for it.`);
    return made;
  }
  // A system whose users cannot be changed, such as a read-only image.
  for (const name of ['postgres', 'nobody']) {
    const other = await lookUp(name);
    if (other !== null) return other;
  }
  throw new Error(
    `PostgreSQL does not run as root, and the system user "${OWN_USER}" could not be made: ` +
      'start as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own',
  );
}

async function lookUp(name: string): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function make(name: string): Promise<ServerUser | null> {
  const properties = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  try {
    await run('useradd', [...properties, '--shell', '/usr/sbin/nologin', name]);
  } catch {
    // Missing tool, read-only system, or another start that made it just now: looked up below.
  }
  return lookUp(name);
}
