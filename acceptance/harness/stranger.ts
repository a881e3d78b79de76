/** A web server that is none of ours: it lets every page read it, and remembers what it was asked. */
import { type Served, serve } from './serve.ts';

export interface Stranger extends Served {
  /** The paths that somebody asked for. */
  readonly asked: readonly string[];
}

export async function openStranger(): Promise<Stranger> {
  const asked: string[] = [];
  const served = await serve((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('hello');
  });
  return { ...served, asked };
}
