/** Runs in a page: what it finds out is for the test that has loaded it. */
import { createInstashareClient, createMemoryAuthStore, type InstashareClient } from '@instashare/client';

const PASSWORD = 'correct horse battery';

async function sha256Of(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function randomBlob(sizeBytes: number): Blob {
  // More than this at once `getRandomValues` does not give.
  const parts = Array.from({ length: sizeBytes / 65_536 }, () =>
    crypto.getRandomValues(new Uint8Array(65_536)),
  );
  return new Blob(parts, { type: 'application/x-test' });
}

/** A stream that gives nothing is not waited for, and is cancelled. */
async function abortStill(client: InstashareClient): Promise<string> {
  const aborting = new AbortController();
  let cancelled = 'not cancelled';
  const still = new ReadableStream<Uint8Array>({
    pull: () => aborting.abort(new Error('enough')),
    cancel: () => {
      cancelled = 'cancelled';
    },
  });
  const upload = client.upload(still, { path: 'still.bin', signal: aborting.signal });
  const why = await upload.then(
    () => 'stored',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return `${why}, ${cancelled}`;
}

async function transfer(origin: string, email: string) {
  const client = createInstashareClient({ url: origin, auth: createMemoryAuthStore() });
  await client.register({ email, password: PASSWORD });
  const blob = randomBlob(20 * 1024 * 1024);
  const progress: number[] = [];
  const { file } = await client.upload(blob, {
    path: 'page.bin',
    onProgress: (bytes) => progress.push(bytes),
  });
  const ready = await client.whenReady(file.id);
  const down = await client.download(file.id);
  const back = await down.blob();
  const part = await client.download(file.id, { range: { start: 10, end: 20 } });
  const aborting = new AbortController();
  const aborted = await client
    .upload(blob, { path: 'aborted.bin', signal: aborting.signal, onProgress: () => aborting.abort() })
    .catch((error: unknown) => (error instanceof Error ? error.name : String(error)));
  const { signal } = new AbortController();
  const streamed = await client.upload(blob.stream(), { path: 'stream.bin', signal });
  const files = await client.trpc.files.list.query({});
  return {
    sent: await sha256Of(blob),
    stored: file.sha256,
    received: await sha256Of(back),
    type: [ready.contentType, back.type],
    status: ready.status,
    progressTold: progress.length,
    progressEnd: progress.at(-1),
    part: (await part.bytes()).byteLength,
    streamed: streamed.sha256 === file.sha256,
    aborted,
    still: await abortStill(client),
    paths: files.items.map(({ path }) => path),
  };
}

Object.assign(globalThis, { transfer });
