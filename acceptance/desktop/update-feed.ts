/** A place where new versions are published, as a release has them: the file that names them, and the package. */
import { createHash } from 'node:crypto';
import { type Served, serve } from '../harness/serve.ts';

export interface UpdateFeed extends Served {
  /** From now on this is the newest. `sha512`: what is told of it, when it is not the truth. */
  publish(version: string, content: Uint8Array, sha512?: string): void;
}

export async function openUpdateFeed(): Promise<UpdateFeed> {
  const files = new Map<string, Uint8Array>();
  const served = await serve((request, response) => {
    const content = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  return {
    ...served,
    publish(version, content, sha512 = createHash('sha512').update(content).digest('base64')) {
      const name = `Instashare-${version}-linux-x86_64.AppImage`;
      const file = { url: name, sha512, size: content.byteLength };
      // YAML takes JSON as it is.
      const latest = { version, files: [file], path: name, sha512, releaseDate: '2026-11-26T00:00:00.000Z' };
      files.set('/latest-linux.yml', Buffer.from(JSON.stringify(latest)));
      files.set(`/${name}`, content);
    },
  };
}
