import { lookup } from 'mime-types';

const UNKNOWN = 'application/octet-stream';

/** What the uploader declared, or what the path's extension stands for. */
export function guessContentType(path: string, declared: string | undefined): string {
  if (declared !== undefined && declared !== UNKNOWN) return declared;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return lookup(name) || UNKNOWN;
}
