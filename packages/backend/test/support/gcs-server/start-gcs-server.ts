import { generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { GoogleError, sendError } from './answer.ts';
import { createBucket, type StoredObject } from './bucket.ts';
import { createFaults, type Fault, type Operation } from './faults.ts';
import { ACCOUNT, SIGN_BLOB } from './machine-account.ts';
import { createResumable, type Session } from './resumable.ts';
import { handle } from './routes.ts';
import type { World } from './world.ts';

/** Google Cloud Storage as documented, as far as our driver and our clients use it, strict, and in memory. */
export interface GcsServer extends AsyncDisposable {
  readonly url: string;
  readonly bucket: string;
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** What was asked, in order. */
  readonly operations: readonly Operation[];
  /** Upload sessions, in the order of their making. */
  readonly sessions: readonly Readonly<Session>[];
  /** Answers that are under way. */
  readonly openAnswers: number;
  /** How many of them did not get to their end. */
  readonly cutAnswers: number;
  /** The key file of a service account whose signatures are accepted. */
  readonly keyFile: string;
  /** The next requests of this kind meet this fault. */
  plan(operation: Operation, fault: Fault, times?: number): void;
  readonly faultsLeft: number;
  /** All unfinished upload sessions are too old now. */
  expireSessions(): void;
  /** The same, and all signed addresses as well, those to come included. */
  expire(): void;
  /** As if all objects had been written so much earlier. */
  makeOlder(byMs: number): void;
  /** The rights that whoever asks has on the bucket and on its own account; all at first. */
  grant(rights: readonly string[]): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const ALL_RIGHTS = [
  ...['create', 'delete', 'get', 'list'].map((verb) => `storage.objects.${verb}`),
  SIGN_BLOB,
];

/** Made once a process: it takes a tenth of a second. */
let keyPair: KeyPairKeyObjectResult | null = null;
const keysOfAll = () => (keyPair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));

export interface GcsServerOptions {
  readonly bucket?: string;
  /** As emulators are: whoever asks may make buckets, and whoever signs is accepted. */
  readonly isEmulator?: boolean;
  /** As Google does; a token is what it tells the programs of its machines. */
  readonly asksForTokens?: boolean;
}

/** A key file as Google gives out for a service account. */
export function toKeyFile(privateKey: KeyObject): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'instashare-test',
    client_email: ACCOUNT,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
}

export async function startGcsServer({
  bucket: bucketName = 'instashare-test',
  isEmulator = false,
  asksForTokens = false,
}: GcsServerOptions = {}): Promise<GcsServer> {
  const bucket = createBucket(bucketName);
  const world: World = {
    bucket,
    buckets: new Map([[bucketName, bucket]]),
    resumable: createResumable(),
    faults: createFaults(),
    keys: isEmulator ? null : keysOfAll(),
    asksForTokens,
    operations: [],
    rights: ALL_RIGHTS,
    laterMs: 0,
  };
  const open = new Set<ServerResponse>();
  let cutAnswers = 0;
  const server = createServer((request, response) => {
    open.add(response);
    response.on('close', () => {
      open.delete(response);
      if (!response.writableFinished) cutAnswers += 1;
    });
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    handle({ world, request, response, url }).catch((error: unknown) => {
      request.resume();
      if (error instanceof GoogleError && !response.headersSent) sendError(response, error);
      else response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const { privateKey } = keysOfAll();

  return {
    url: `http://127.0.0.1:${address.port}`,
    bucket: bucketName,
    objects: bucket.objects,
    operations: world.operations,
    get sessions() {
      return [...world.resumable.sessions.values()];
    },
    get openAnswers() {
      return open.size;
    },
    get cutAnswers() {
      return cutAnswers;
    },
    keyFile: toKeyFile(privateKey),
    plan: (operation, fault, times) => world.faults.plan(operation, fault, times),
    get faultsLeft() {
      return world.faults.left();
    },
    expireSessions: () => world.resumable.expireAll(),
    expire() {
      world.resumable.expireAll();
      world.laterMs += 8 * DAY_MS;
    },
    makeOlder: (byMs) => bucket.makeOlder(byMs),
    grant(rights) {
      world.rights = rights;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
