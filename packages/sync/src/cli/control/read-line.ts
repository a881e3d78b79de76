import type { Socket } from 'node:net';

/** Far more than a request with the longest path, or an answer with all the problems it may name. */
export const MAX_LINE_BYTES = 256 * 1024;

/** The first line that comes, without its end. Rejects when the connection ends before, or the line is too long. */
export function readLine(socket: Socket, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let bytes = 0;
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      bytes += Buffer.byteLength(part);
      text += part;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
      else if (bytes > maxBytes) socket.destroy(new Error('the line is too long'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection ended')));
  });
}
