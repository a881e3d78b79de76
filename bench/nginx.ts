/** An nginx that takes files by PUT, as WebDAV has it. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../acceptance/harness/port.ts';

const run = promisify(execFile);

export interface PeerServer extends AsyncDisposable {
  readonly url: string;
}

/** Takes them into `files` below `folder`. */
export async function startNginx(folder: string): Promise<PeerServer> {
  const port = await findFreePort();
  await mkdir(join(folder, 'files'));
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `user root; worker_processes auto; pid ${folder}/pid; error_log ${folder}/error.log;
     events {}
     http {
       access_log off; client_body_temp_path ${folder}/incoming; client_max_body_size 0; keepalive_requests 1000000;
       server { listen 127.0.0.1:${port}; root ${folder}/files; dav_methods PUT; create_full_put_path on; }
     }`,
  );
  await run('nginx', ['-c', config, '-p', folder]);
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      await run('nginx', ['-c', config, '-p', folder, '-s', 'stop']);
    },
  };
}
