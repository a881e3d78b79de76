import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';

export interface TlsOptions {
  /** Where key and certificate are put. */
  readonly folder: string;
  readonly port: number;
  readonly targetPort: number;
}

export interface TlsEnd extends AsyncDisposable {
  /** PEM. */
  readonly certificate: string;
  readonly certificatePath: string;
}

/** An end of TLS for `files.test` before an api, with a certificate that nobody has signed but itself. */
export async function startTls({ folder, port, targetPort }: TlsOptions): Promise<TlsEnd> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=files.test', '-addext', 'subjectAltName=DNS:files.test'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert]);
  const sockets = new Set<TLSSocket>();
  const server = createServer({ key: await readFile(key), cert: await readFile(cert) }, (socket) => {
    sockets.add(socket);
    const upstream = connect(targetPort, '127.0.0.1');
    for (const each of [socket, upstream])
      each.on('error', () => [socket, upstream].map((one) => one.destroy()));
    socket.pipe(upstream).pipe(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    certificate: await readFile(cert, 'utf8'),
    certificatePath: cert,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
