/** The name of what says whose store this is. It is no key of an object, and no owner's folder. */
export const MARK_NAME = '.instance';

/** A mark as it is written; whoever looks into the store should see what it is. */
export function encodeMark(instanceId: string): Buffer<ArrayBuffer> {
  return Buffer.from(
    `${instanceId}\nThese objects belong to the database with this id in its table "instance".\n`,
  );
}

/** The id in a mark; what stands there when it is none of ours, which is then nobody's id. */
export function decodeMark(bytes: Buffer): string {
  return bytes.toString('utf8').split('\n')[0] ?? '';
}
